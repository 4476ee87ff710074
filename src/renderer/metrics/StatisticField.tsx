/** The statistic of a line: picked, or any that CloudWatch knows. */
import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import type { SeriesSpec } from '../../shared/dashboards/dashboard';
import { statisticProblem, usualStatistics } from './statistic';

export function StatisticField({
  spec,
  onCommit,
}: {
  spec: SeriesSpec;
  onCommit(stat: string): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const problem = draft === null ? null : statisticProblem(draft);
  const commit = (text: string): void => {
    if (statisticProblem(text) !== null) return;
    if (text.trim() !== spec.stat) onCommit(text.trim());
    setDraft(null);
  };
  return (
    <Autocomplete
      size="xs"
      aria-label={`Statistic of ${spec.id}`}
      data={[...usualStatistics]}
      // The whole list on opening: what is chosen is not a search.
      filter={({ options, search }) =>
        search === spec.stat
          ? options
          : options.filter(
              (one) => 'value' in one && one.value.toLowerCase().includes(search.toLowerCase()),
            )
      }
      value={draft ?? spec.stat}
      error={problem}
      maxDropdownHeight={260}
      comboboxProps={{ width: 150, position: 'bottom-start' }}
      onChange={setDraft}
      onOptionSubmit={commit}
      onBlur={() => draft !== null && commit(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && draft !== null) commit(draft);
      }}
    />
  );
}
