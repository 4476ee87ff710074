/** What the page on show does for a key of the table. Pages register it, so that the shell need not load them. */
import type { Command } from '../keys';

export type PageCommands = Partial<Record<Command, () => void>>;

/** The page's own first, then those of what is open on it. */
let registered: readonly PageCommands[] = [];

/**
 * Takes the keys until the returned function is called; what registers later is asked first. Pages do so before they
 * are painted: a key pressed as soon as a page is seen is the page's.
 */
export function registerPageCommands(commands: PageCommands): () => void {
  registered = [...registered, commands];
  return () => {
    registered = registered.filter((one) => one !== commands);
  };
}

/** True when the page on show took the command. */
export function runPageCommand(command: Command): boolean {
  const run = registered.findLast((commands) => commands[command] !== undefined)?.[command];
  run?.();
  return run !== undefined;
}
