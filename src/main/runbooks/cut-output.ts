/** An output that is too long to be kept and shown whole: cut, which is said in it. */
import { z } from 'zod';
import type { StepOutput } from '../../shared/runbooks/run';

/** Characters of an output's JSON. */
export const LONGEST_OUTPUT = 1_048_576;
/** For what says that it is cut. */
const REMARK = 1_000;

const tableSchema = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) });

/** As it is where it is short enough; a table loses its last rows; anything else becomes the text of its beginning. */
export function cutOutput({ kind, json }: StepOutput, longest = LONGEST_OUTPUT): StepOutput {
  if (json.length <= longest) return { kind, json };
  const table = kind === 'table' ? tableSchema.safeParse(JSON.parse(json)) : null;
  if (table?.success === true) return { kind, json: cutTable(table.data, longest - REMARK) };
  const text = `${json.slice(0, longest)}… (cut at 1 MB)`;
  return { kind: 'text', json: JSON.stringify(text) };
}

function cutTable({ columns, rows }: z.infer<typeof tableSchema>, longest: number): string {
  let length = JSON.stringify(columns).length;
  let count = 0;
  for (const row of rows) {
    length += JSON.stringify(row).length + 1;
    if (length > longest) break;
    count += 1;
  }
  const left = rows.length - count;
  const remark = `… ${left.toLocaleString('en')} more ${left === 1 ? 'row' : 'rows'} (cut at 1 MB)`;
  const kept = [...rows.slice(0, count), columns.map((_, i) => (i === 0 ? remark : ''))];
  return JSON.stringify({ columns, rows: kept });
}
