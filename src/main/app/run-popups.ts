/** A run that wants something of a person who is not looking, or has ended, is told by a notification. */
import type { NavigateRequest } from '../../shared/navigate-request';
import type { RunState } from '../../shared/runbooks/run';
import { RUNBOOK_POPUP } from '../notify/popup-ids';
import type { PopupPresenter, PopupRequest } from '../seams';

export interface RunPopupsParts {
  presenter: Pick<PopupPresenter, 'show' | 'close' | 'onAction'>;
  /** Somebody has the window before them. */
  watched: () => boolean;
  navigate: (to: NavigateRequest) => void;
  report: (problem: string) => void;
}

/** The status that was told or seen last, by run; ended runs are forgotten. */
export class RunPopups {
  private readonly seen = new Map<string, RunState['status']>();

  constructor(private readonly parts: RunPopupsParts) {
    parts.presenter.onAction((id, action) => {
      if (!id.startsWith(RUNBOOK_POPUP) || action !== 'open') return;
      const runId = id.startsWith(popupId('')) ? id.slice(popupId('').length) : undefined;
      parts.navigate({
        view: 'runbooks',
        alarmKey: null,
        ...(runId === undefined ? {} : { runId }),
      });
    });
  }

  /** Each state of each run, as it comes. Never rejects. */
  heard(run: RunState): void {
    const { runId, status } = run;
    const before = this.seen.get(runId);
    if (status === before) return;
    if (run.endedAt === null) this.seen.set(runId, status);
    else this.seen.delete(runId);
    if (before === 'asking') this.parts.presenter.close(popupId(runId));
    // One that runs by itself is told by its incident; one that was cancelled had a person at hand.
    if (run.automatic || before === undefined) return;
    const popup = popupOf(run);
    if (popup === null || this.parts.watched()) return;
    this.parts.presenter.show(popup).catch((cause: unknown) => {
      this.parts.report(`A notification about ${run.name} was not shown: ${String(cause)}`);
    });
  }
}

const popupId = (runId: string): string => `${RUNBOOK_POPUP}run-${runId}`;

function popupOf(run: RunState): PopupRequest | null {
  const base = { id: popupId(run.runId), title: run.name, buttons: [] };
  switch (run.status) {
    case 'asking': {
      const asking = run.steps.find(({ status }) => status === 'asking');
      return { ...base, body: `It asks you: ${asking?.question?.text ?? ''}`, urgency: 'critical' };
    }
    case 'failed': {
      // Those before it failed too and were passed over, as the file says.
      const failed = run.steps.findLast(({ status }) => status === 'failed');
      const why = failed?.failure?.message ?? '';
      return {
        ...base,
        body: `It failed at ${failed?.name ?? 'a step'}: ${why}`,
        urgency: 'critical',
      };
    }
    case 'done':
      return { ...base, body: doneWords(run), urgency: 'normal' };
    case 'running':
    case 'paused':
    case 'cancelled':
    case 'interrupted':
      return null;
  }
}

/** A run goes on behind a step that failed where its file says so: that is told. */
function doneWords({ steps }: RunState): string {
  const failed = steps.filter(({ status }) => status === 'failed');
  const [first] = failed;
  if (first === undefined) return 'It is done.';
  return failed.length === 1
    ? `It is through, but ${first.name} failed: ${first.failure?.message ?? ''}`
    : `It is through, but ${failed.length} steps failed.`;
}
