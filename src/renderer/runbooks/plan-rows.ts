/** A planned step's action as rows of a table: what is named, what its value is, and what is not known yet. */

export interface ValueRow {
  /** `parameters.Count[0]`. */
  path: string;
  value: string;
  /** Known only when earlier steps have run; the value is how the file writes it. */
  unknown: boolean;
}

/** More are said, not drawn. */
const MOST_ROWS = 200;

export interface ValueRows {
  rows: ValueRow[];
  /** How many are left out. */
  more: number;
}

/** As main names a place within an action. */
const pathTo = (path: string, key: string): string =>
  /^[\w-]+$/.test(key) ? (path === '' ? key : `${path}.${key}`) : `${path}[${JSON.stringify(key)}]`;

/** The kind is left out: it has a place of its own. */
export function valueRows(actionJson: string, unknown: readonly string[]): ValueRows {
  const rows: ValueRow[] = [];
  const open = new Set(unknown);
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value) && value.length > 0) {
      value.forEach((one: unknown, at) => walk(one, `${path}[${at}]`));
    } else if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
      for (const [key, one] of Object.entries(value)) {
        if (path !== '' || key !== 'kind') walk(one, pathTo(path, key));
      }
    } else if (path !== '') {
      rows.push({ path, value: shown(value), unknown: open.has(path) });
    }
  };
  walk(parsed(actionJson), '');
  return { rows: rows.slice(0, MOST_ROWS), more: Math.max(0, rows.length - MOST_ROWS) };
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Shown as the text it is.
    return { value: json };
  }
}
