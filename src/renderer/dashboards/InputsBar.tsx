/** What the file leaves open: variables, parameters and references, to be picked or filled from a stack. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DashboardInput, ReadResult } from '../../shared/dashboards/read-result';
import { InputField } from './InputField';
import { StackFill } from './StackFill';
import type { DashboardPlace } from './store';
import type { OpenState } from './use-opened';
import classes from './page.module.css';

interface Props {
  inputs: readonly DashboardInput[];
  state: Pick<OpenState, 'values' | 'pick'>;
  place: DashboardPlace | null;
  format: Extract<ReadResult, { kind: 'read' }>['format'];
}

/** In one line of a usual window; the rest behind a button. */
const AT_FIRST = 6;

/** Open ones first: they keep charts from being drawn. */
function inOrder(inputs: readonly DashboardInput[]): DashboardInput[] {
  const rank = ({ kind, value }: DashboardInput): number =>
    kind === 'variable' ? 0 : value === null ? 1 : 2;
  return inputs.filter(({ visible }) => visible).toSorted((a, b) => rank(a) - rank(b));
}

export function InputsBar({ inputs, state, place, format }: Props) {
  const [all, setAll] = useState(false);
  const ordered = inOrder(inputs);
  if (ordered.length === 0) return null;
  const shown = all ? ordered : ordered.slice(0, AT_FIRST);
  const open = ordered.filter(({ value }) => value === null).length;
  return (
    <section className={classes['inputs']} aria-label="Inputs">
      {shown.map((input) => (
        <InputField
          key={input.id}
          input={input}
          place={place}
          onPick={(value) => {
            const { [input.id]: _, ...rest } = state.values;
            state.pick(value === null ? rest : { ...rest, [input.id]: value });
          }}
        />
      ))}
      {ordered.length > AT_FIRST && (
        <Button size="compact-xs" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `${ordered.length - AT_FIRST} more`}
        </Button>
      )}
      {format === 'cloudformation' && place !== null && (
        <StackFill
          place={place}
          onFill={(found) => {
            const known = new Set(inputs.map(({ id }) => id));
            const fits = Object.entries(found).filter(([id]) => known.has(id));
            state.pick({ ...state.values, ...Object.fromEntries(fits) });
            return fits.length;
          }}
        />
      )}
      {open > 0 && (
        <span className={classes['open']}>
          {open === 1 ? '1 input is' : `${open} inputs are`} still open
        </span>
      )}
    </section>
  );
}
