import { describe, expect, it } from 'vitest';
import { RunPopups } from '../../../src/main/app/run-popups';
import type { PopupRequest } from '../../../src/main/seams';
import type { NavigateRequest } from '../../../src/shared/navigate-request';
import type { RunState, StepRun } from '../../../src/shared/runbooks/run';

const step: StepRun = {
  id: 'sure',
  name: 'Is it the deployment?',
  kind: 'ask',
  class: 'reads',
  status: 'running',
  startedAt: 1,
  endedAt: null,
  attempt: 1,
  requestJson: null,
  output: null,
  failure: null,
  progress: null,
  question: null,
  note: null,
};

const state = (status: RunState['status'], more: Partial<RunState> = {}): RunState => ({
  runId: 'r1',
  runbookId: 'starter/a.yaml',
  name: 'Roll back',
  alarmKey: null,
  connectionId: null,
  region: null,
  inputs: {},
  class: 'changes',
  hash: 'a'.repeat(64),
  by: 'Night Engineer',
  secondPerson: null,
  automatic: false,
  undoOf: null,
  status,
  pausing: false,
  steps: [step],
  startedAt: 1,
  endedAt: ['done', 'failed', 'cancelled'].includes(status) ? 2 : null,
  revision: 1,
  undoable: false,
  ...more,
});

function rig(watched = false) {
  const shown: PopupRequest[] = [];
  const closed: string[] = [];
  const went: NavigateRequest[] = [];
  let act: (id: string, action: 'open' | 'acknowledge' | 'snooze' | 'dismissed') => void = () =>
    undefined;
  const popups = new RunPopups({
    presenter: {
      show: async (popup) => void shown.push(popup),
      close: (id) => void closed.push(id),
      onAction: (listener) => {
        act = listener;
        return () => undefined;
      },
    },
    watched: () => watched,
    navigate: (to) => void went.push(to),
    report: () => undefined,
  });
  return { popups, shown, closed, went, open: (id: string) => act(id, 'open') };
}

const asking: StepRun = {
  ...step,
  status: 'asking',
  question: { text: 'Did it begin then?', answer: 'confirm', choices: [], pattern: null },
};

describe('notifications of runs', () => {
  it('tell once what a run asks while nobody looks, and are taken away when it is answered', () => {
    const { popups, shown, closed, went, open } = rig();
    popups.heard(state('running'));
    popups.heard(state('asking', { steps: [asking] }));
    popups.heard(state('asking', { steps: [asking] }));
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ title: 'Roll back', body: 'It asks you: Did it begin then?' });
    open(shown[0]?.id ?? '');
    expect(went).toEqual([{ view: 'runbooks', alarmKey: null, runId: 'r1' }]);
    popups.heard(state('running'));
    expect(closed).toEqual([shown[0]?.id]);
  });

  it('tell how a run ended', () => {
    const { popups, shown } = rig();
    popups.heard(state('running'));
    popups.heard(state('done'));
    expect(shown.map(({ body }) => body)).toEqual(['It is done.']);
  });

  it('tell of the step that ended it, and of those that failed on the way', () => {
    const failedStep = (name: string): StepRun => ({
      ...step,
      name,
      status: 'failed',
      failure: { kind: 'invalid', connectionId: null, operation: '', message: 'No.', advice: '' },
    });
    const { popups, shown } = rig();
    popups.heard(state('running'));
    popups.heard(state('done', { steps: [failedStep('Tell'), { ...step, status: 'done' }] }));
    popups.heard(state('running'));
    popups.heard(state('failed', { steps: [failedStep('Tell'), failedStep('Roll back')] }));
    expect(shown.map(({ body }) => body)).toEqual([
      'It is through, but Tell failed: No.',
      'It failed at Roll back: No.',
    ]);
  });

  it('say nothing to whoever looks, of a run that began by itself, or of one that was cancelled', () => {
    const seen = rig(true);
    seen.popups.heard(state('running'));
    seen.popups.heard(state('asking', { steps: [asking] }));
    const { popups, shown } = rig();
    popups.heard(state('running', { automatic: true }));
    popups.heard(state('failed', { automatic: true }));
    popups.heard(state('running', { runId: 'r2' }));
    popups.heard(state('cancelled', { runId: 'r2' }));
    expect([...seen.shown, ...shown]).toEqual([]);
  });

  it('of alarms are not theirs', () => {
    const { went, open } = rig();
    open('alarm-1');
    expect(went).toEqual([]);
  });
});
