/** Exports of this computer: those running, and those an earlier start left unfinished. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { ExportProgress, LogExport } from '../../../shared/logs/export';
import { ask, listen } from '../../bridge';
import { showFailure, showToast } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { doneText, fileNameOf, leftOutText } from './export-words';

interface Exports {
  /** By id; those begun last come last. */
  byId: ReadonlyMap<string, ExportProgress>;
  /** The save dialog is open. */
  asking: boolean;
}

export const useExports = create<Exports>()(() => ({ byId: new Map(), asking: false }));

function put(...list: readonly ExportProgress[]): void {
  useExports.setState(({ byId }) => {
    const next = new Map(byId);
    for (const one of list) next.set(one.exportId, one);
    return { byId: next };
  });
}

export async function startExport(order: Omit<LogExport, 'exportId'>): Promise<void> {
  if (useExports.getState().asking) return;
  useExports.setState({ asking: true });
  try {
    const progress = await ask('logs.export', { ...order, exportId: crypto.randomUUID() });
    // Closed without a file; what was told meanwhile is newer than the answer.
    if (progress !== null && !useExports.getState().byId.has(progress.exportId)) put(progress);
  } catch (error) {
    showFailure(error, 'logs.export');
  } finally {
    useExports.setState({ asking: false });
  }
}

export const stopExport = (id: string): void => tell('logs.exportStop', id);
export const resumeExport = (id: string): void => tell('logs.exportResume', id);

/** Ends it, deletes what is unfinished and takes it off the list; a finished file stays. */
export async function discardExport(id: string): Promise<void> {
  try {
    await ask('logs.exportDiscard', id);
    useExports.setState(({ byId }) => {
      const next = new Map(byId);
      next.delete(id);
      return { byId: next };
    });
  } catch (error) {
    showFailure(error, 'logs.exportDiscard');
  }
}

function tell(name: 'logs.exportStop' | 'logs.exportResume', id: string): void {
  ask(name, id).catch((error: unknown) => showFailure(error, name));
}

function took(progress: ExportProgress): void {
  const before = useExports.getState().byId.get(progress.exportId)?.phase;
  put(progress);
  if (before === progress.phase) return;
  if (progress.phase === 'done') {
    showToast({
      level: progress.leftOut.length > 0 ? 'error' : 'done',
      text: doneText(progress),
      detail: leftOutText(progress),
      action: null,
    });
  } else if (progress.phase === 'failed' && progress.failure !== null) {
    showToast({
      level: 'error',
      text: `${safeText(fileNameOf(progress))} was not exported: ${safeText(progress.failure.message)}`,
      detail: progress.failure.advice,
      action: progress.resumable
        ? { label: 'Resume', run: () => resumeExport(progress.exportId) }
        : null,
    });
  }
}

let hearing = false;

/** Hears how exports get on, from the first visit on: they go on when one leaves the page. */
export function useExportNews(): void {
  useEffect(() => {
    if (hearing) return;
    hearing = true;
    listen('logs.exporting', took);
    ask('logs.exports', undefined).then(
      (list) => put(...list.filter(({ exportId }) => !useExports.getState().byId.has(exportId))),
      (error: unknown) => showFailure(error, 'logs.exports'),
    );
  }, []);
}
