/** Answers as main would, from fixtures, and keeps what was asked in `window.asked` for a script to read. */
import type { Failure } from '../../../src/shared/failure';
import type { Pushes } from '../../../src/shared/ipc';
import type { Settings } from '../../../src/shared/settings/settings';
import { bootstrapOf, nightRows } from './fixtures';
import { answerDetail } from './fixture-detail';

type Listener = (payload: unknown) => void;

const unavailable = (operation: string): { ok: false; failure: Failure } => ({
  ok: false,
  failure: {
    kind: 'not-found',
    connectionId: null,
    operation,
    message: `The preview has no answer to ${operation}.`,
    advice: 'Look at it in the application.',
  },
});

export function installFixtureBridge(query: URLSearchParams): void {
  const state = query.get('state') ?? 'night';
  const wanted = query.get('theme');
  const theme: Settings['theme'] = wanted === 'light' ? 'light' : 'dark';
  const bootstrap = bootstrapOf(state, theme);
  const listeners = new Map<string, Set<Listener>>();
  const asked: { name: string; args: unknown }[] = [];
  const push = <N extends keyof Pushes>(name: N, payload: Pushes[N]): void => {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  };

  const answer = (name: string, args: unknown): unknown => {
    switch (name) {
      case 'app.bootstrap':
        return bootstrap;
      case 'app.copyText':
      case 'alarms.refresh':
      case 'app.cancel':
      case 'incidents.note':
        return null;
      case 'incidents.acknowledge':
      case 'incidents.snooze': {
        const acknowledged = nightRows(Date.now())
          .slice(0, 1)
          .map((row) => ({
            ...row,
            incidentState: 'acknowledged' as const,
            owner: 'operator',
            acknowledgedAt: Date.now(),
          }));
        push('alarms.patch', { upsertsJson: JSON.stringify(acknowledged), removed: [] });
        return { changed: 1, undoToken: 'undo-1' };
      }
      case 'incidents.undo':
        return { changed: 1 };
      case 'settings.update':
        bootstrap.settings = Object.assign({}, bootstrap.settings, args);
        return bootstrap.settings;
      default:
        return answerDetail(name, args);
    }
  };

  const bridge = {
    request: async (name: string, args: unknown): Promise<unknown> => {
      asked.push({ name, args });
      if (name === 'app.bootstrap' && state === 'loading') return new Promise(() => undefined);
      if (name === 'app.bootstrap' && state === 'no-start') return unavailable(name);
      const value = answer(name, args);
      return value === undefined ? unavailable(name) : { ok: true, value };
    },
    on: (name: string, listener: Listener): (() => void) => {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener));
      return () => heard.delete(listener);
    },
  };
  Object.defineProperty(window, 'nightdesk', { value: bridge });
  Object.defineProperty(window, 'preview', { value: { asked, push } });
}
