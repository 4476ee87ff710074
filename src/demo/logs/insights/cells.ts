import type { Column, Command, Query } from './commands';
import { cellOf, numberOf, textOf } from './functions';
import type { Row } from './row';

export interface Cell {
  field: string;
  value: string;
}

/** The cells a result shows: the last stats, pattern or display decides, else all fields named so far. */
export function cellsOf(query: Query, rows: readonly Row[]): Cell[][] {
  const { names, events } = shownColumns(query.commands);
  const isTime = (name: string): boolean =>
    name === '@timestamp' || name === '@ingestionTime' || query.times.has(name);
  return rows.map((row) => {
    const cells = names.flatMap((name) => {
      const value = row.get(name);
      if (value === null) return [];
      return [
        {
          field: name,
          value: cellOf(isTime(name) ? (numberOf(value) ?? value) : value, isTime(name)),
        },
      ];
    });
    if (events) cells.push({ field: '@ptr', value: textOf(row.get('@ptr')) });
    return cells;
  });
}

const namesOf = (columns: readonly Column[]): string[] => columns.map((column) => column.name);

function shownColumns(commands: readonly Command[]): { names: string[]; events: boolean } {
  let names: string[] = [];
  let events = true;
  let displayed = false;
  for (const command of commands) {
    if (command.kind === 'stats') {
      names = [...namesOf(command.by), ...namesOf(command.columns)];
      events = false;
    } else if (command.kind === 'pattern') {
      names = ['@pattern', '@ratio', '@sampleCount', '@severityLabel'];
      events = false;
    } else if (command.kind === 'display') {
      names = displayed ? [...names, ...namesOf(command.columns)] : namesOf(command.columns);
      displayed = true;
    } else if (command.kind === 'fields' && !displayed) {
      names = [...names, ...namesOf(command.columns)];
    }
  }
  if (names.length === 0) names = ['@timestamp', '@message'];
  return { names: [...new Set(names)].filter((name) => name !== '@ptr'), events };
}
