/** What the palette finds for a few letters. */
import type { AlarmRow } from '../../shared/alarms/alarm';
import { isFiring } from '../alarms/filter';
import { sortName } from '../alarms/alarm-index';
import { keyTable } from '../keys';
import type { Command } from '../keys';

export interface PaletteCommand {
  id: string;
  label: string;
  command?: Command;
  keys?: readonly string[];
  run?: () => void;
}

const MOST_ALARMS = 8;
const MOST_COMMANDS = 12;

/** Moving about is for the keys themselves; the palette has already been left when they would act. */
const notInPalette: ReadonlySet<Command> = new Set<Command>([
  'move-down',
  'move-up',
  'move-first',
  'move-last',
  'page-down',
  'page-up',
  'extend-down',
  'extend-up',
  'toggle-mark',
  'open',
  'widget-next',
  'widget-previous',
  'widget-full',
  'widget-numbers',
  'range-back',
  'range-earlier',
  'range-later',
  'refresh-page',
  'open-file',
  'follow-id',
  'copy-line',
  'bookmark-line',
  'run-runbook',
  'palette',
  'back',
]);

const fromTable: readonly PaletteCommand[] = keyTable
  .filter((binding) => !notInPalette.has(binding.command))
  .map(({ command, keys, label, group }) => ({
    id: command,
    command,
    keys,
    label: group === 'Go' && command.startsWith('go-') ? `Go to ${label.toLowerCase()}` : label,
  }));

function words(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Alarms whose name has every word: firing ones first, then by name. Without a word: what fires. */
export function findAlarms(byName: readonly AlarmRow[], query: string): AlarmRow[] {
  const wanted = words(query);
  const found: AlarmRow[] = [];
  const quiet: AlarmRow[] = [];
  for (const row of byName) {
    const name = sortName(row);
    if (!wanted.every((word) => name.includes(word))) continue;
    if (isFiring(row)) {
      found.push(row);
      if (found.length === MOST_ALARMS) return found;
    } else if (wanted.length > 0 && quiet.length < MOST_ALARMS) {
      quiet.push(row);
    }
  }
  return [...found, ...quiet].slice(0, MOST_ALARMS);
}

export function findCommands(extra: readonly PaletteCommand[], query: string): PaletteCommand[] {
  const wanted = words(query);
  return [...fromTable, ...extra]
    .filter(({ label }) => {
      const text = label.toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .slice(0, MOST_COMMANDS);
}
