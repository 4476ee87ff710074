/** Saving at once, with an answer that stays on show. */
import { useCallback, useRef, useState } from 'react';
import type { SettingsPatch } from '../../shared/ipc';
import { toFailure } from '../bridge';
import { saveSettings } from '../stores/settings';

export type SaveState =
  { kind: 'idle' } | { kind: 'saving' } | { kind: 'saved' } | { kind: 'failed'; message: string };

export interface Saver {
  state: SaveState;
  /** True when main has stored it. */
  save(patch: SettingsPatch): Promise<boolean>;
}

export function useSaver(): Saver {
  const [state, setState] = useState<SaveState>({ kind: 'idle' });
  const latest = useRef(0);
  const save = useCallback(async (patch: SettingsPatch): Promise<boolean> => {
    const turn = (latest.current += 1);
    const say = (next: SaveState): void => {
      // Only the latest change speaks: an older answer says nothing about it.
      if (turn === latest.current) setState(next);
    };
    say({ kind: 'saving' });
    try {
      await saveSettings(patch);
      say({ kind: 'saved' });
      return true;
    } catch (error) {
      const failure = toFailure(error, 'settings.update');
      say({ kind: 'failed', message: `${failure.message} ${failure.advice}` });
      return false;
    }
  }, []);
  return { state, save };
}
