/** What the page on show does for a key of the table. Pages register it, so that the shell need not load them. */
import type { Command } from '../keys';

export type PageCommands = Partial<Record<Command, () => void>>;

let registered: PageCommands = {};

/** Takes the keys until the returned function is called. */
export function registerPageCommands(commands: PageCommands): () => void {
  registered = commands;
  return () => {
    if (registered === commands) registered = {};
  };
}

/** True when the page on show took the command. */
export function runPageCommand(command: Command): boolean {
  const run = registered[command];
  run?.();
  return run !== undefined;
}
