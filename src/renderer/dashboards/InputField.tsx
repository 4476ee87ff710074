/** One input: a choice where there are choices (also the account's own), else text taken when it is left. */
import { Autocomplete, MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DashboardInput } from '../../shared/dashboards/read-result';
import { askCancellable } from '../bridge';
import { safeText } from '../ui/safe-text';
import type { DashboardPlace } from './store';
import classes from './page.module.css';

interface Props {
  input: DashboardInput;
  place: DashboardPlace | null;
  /** Null: what the file says. */
  onPick(value: string | null): void;
}

interface Choice {
  value: string;
  label: string;
}

/** A list of thousands is not chosen from but typed into. */
const MOST_CHOICES = 500;

function useChoices(input: DashboardInput, place: DashboardPlace | null) {
  const { from } = input;
  const region = from?.region ?? place?.region ?? '';
  return useQuery({
    queryKey: ['choices', place?.connectionId, region, from],
    enabled: from !== null && place !== null,
    staleTime: 600_000,
    queryFn: ({ signal }) =>
      askCancellable(
        'metrics.choices',
        (requestId) => ({
          connectionId: place?.connectionId ?? '',
          region,
          namespace: from?.namespace ?? '',
          metricName: from?.metricName ?? null,
          dimension: from?.dimension ?? '',
          filters: from?.filters ?? [],
          requestId,
        }),
        signal,
      ),
  });
}

/** The file's own choices, then the account's; each value once. */
function merged(own: readonly Choice[], found: readonly string[]): Choice[] {
  const all = new Map(own.map((choice) => [choice.value, choice]));
  for (const value of found) if (!all.has(value)) all.set(value, { value, label: value });
  return [...all.values()].slice(0, MOST_CHOICES);
}

export function InputField({ input, place, onPick }: Props) {
  const choices = useChoices(input, place);
  const options = merged(input.choices, choices.data ?? []);
  const problem = choices.isError ? 'Its choices could not be loaded' : undefined;
  const label = safeText(input.label);
  const shared = {
    size: 'xs',
    label,
    title: safeText(input.description ?? input.label),
    className: classes['input'] ?? '',
    error: problem,
  } as const;
  if (input.multiple) {
    const chosen = (input.value ?? '').split(',').filter(Boolean);
    const known = merged(options, chosen);
    return (
      <MultiSelect
        {...shared}
        data={known.map(({ value, label: text }) => ({ value, label: safeText(text) }))}
        value={chosen}
        searchable
        clearable
        onChange={(values) => onPick(values.length === 0 ? null : values.join(','))}
      />
    );
  }
  return (
    <OneValue key={input.value} input={input} options={options} shared={shared} onPick={onPick} />
  );
}

interface OneValueProps {
  input: DashboardInput;
  options: readonly Choice[];
  shared: {
    size: 'xs';
    label: string;
    title: string;
    className: string;
    error: string | undefined;
  };
  onPick(value: string | null): void;
}

/** Suggestions, but anything may be typed: an account may have what nobody listed. */
function OneValue({ input, options, shared, onPick }: OneValueProps) {
  const labelOf = (value: string): string =>
    options.find((each) => each.value === value)?.label ?? value;
  const [draft, setDraft] = useState(labelOf(input.value ?? ''));
  const labels = [...new Set(options.map(({ label }) => label))];
  const commit = (text: string): void => {
    const value = options.find(({ label }) => label === text)?.value ?? text.trim();
    if (value === (input.value ?? '')) return;
    onPick(value === '' ? null : value);
  };
  return (
    <Autocomplete
      {...shared}
      placeholder={input.value === null ? 'still open' : undefined}
      data={labels}
      limit={100}
      value={draft}
      data-open={input.value === null}
      onChange={setDraft}
      onOptionSubmit={commit}
      onBlur={() => commit(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(draft);
      }}
    />
  );
}
