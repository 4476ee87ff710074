/** Rows and columns as a step gives them. */
import type { StepOutput } from '../../../../shared/runbooks/run';

type Cell = string | number | null | undefined;

/** A cell that is not known is empty. */
export const tableOutput = (columns: string[], rows: Cell[][]): StepOutput => ({
  kind: 'table',
  json: JSON.stringify({
    columns,
    rows: rows.map((row) =>
      row.map((cell) => (cell === null || cell === undefined ? '' : String(cell))),
    ),
  }),
});
