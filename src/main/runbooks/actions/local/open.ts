/** Asks the window to show something. Where nobody started the run, nothing opens by itself: it is offered in the run. */
import { FailureError } from '../../../../shared/failure';
import type { OpenRequest, OpenTarget } from '../../../../shared/runbooks/open-target';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import { invalid, namesIn } from '../../action-values';
import type { ReadHandler } from '../../step-seams';
import { jsonOutput } from './output';

/** Output: `{ target, opened }`. */
export function openPlace(show: (request: OpenRequest) => void): ReadHandler<'open'> {
  return {
    kind: 'open',
    mode: 'reads',
    timeoutMs: 10_000,
    effect: async (action) => `Opens ${told(targetOf(action))}`,
    run: async (action, { runId, alarmKey, automatic, tell }) => {
      const target = targetOf(action);
      const opened = automatic !== true;
      if (opened) show({ runId, alarmKey, target });
      else tell(`Not opened by itself: nobody started this run. ${told(target)}`);
      return jsonOutput({ target, opened });
    },
  };
}

/** @throws FailureError where it is not one thing, or a link that may not be opened */
function targetOf({ dashboard, logs, link }: ActionOf<'open'>): OpenTarget {
  const targets: OpenTarget[] = [];
  if (dashboard !== undefined) targets.push({ kind: 'dashboard', name: dashboard });
  if (logs !== undefined) {
    const { groups, pattern = null } = logs;
    targets.push({ kind: 'logs', groups: namesIn(groups, 'logs.groups'), pattern });
  }
  if (link !== undefined) targets.push({ kind: 'link', url: httpsOnly(link) });
  const [target] = targets;
  if (target !== undefined && targets.length === 1) return target;
  throw new FailureError(invalid('open: one of dashboard, logs or link is wanted.'));
}

function httpsOnly(link: string): string {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new FailureError(invalid('link: only https addresses without a user are opened.'));
  }
  return url.href;
}

function told(target: OpenTarget): string {
  switch (target.kind) {
    case 'dashboard':
      return `the dashboard ${target.name}`;
    case 'logs':
      return `the logs of ${target.groups.join(', ')}`;
    case 'link':
      return target.url;
  }
}
