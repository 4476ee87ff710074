import { Group, Select, Textarea, TextInput } from '@mantine/core';
import { noDataPolicies, ruleComparisons, ruleReducers } from '../../shared/local-rules/local-rule';
import type { LocalRule } from '../../shared/local-rules/local-rule';
import { severityLabel } from '../../shared/notify/severity-label';
import { severities } from '../../shared/severity/severity';
import { KnownValues } from './KnownValues';
import type { LocalRuleDraft, LocalRuleErrors, MetricDraft } from './local-rule-form';

interface Props {
  draft: LocalRuleDraft;
  errors: LocalRuleErrors;
  onChange(part: Partial<LocalRuleDraft>): void;
}

const reducerLabels: Record<LocalRule['reducer'], string> = {
  last: 'Last value',
  avg: 'Average',
  min: 'Minimum',
  max: 'Maximum',
  sum: 'Sum',
};
const comparisonLabels: Record<LocalRule['comparison'], string> = {
  '>': 'is above',
  '>=': 'is at least',
  '<': 'is below',
  '<=': 'is at most',
};
const noDataLabels: Record<LocalRule['noData'], string> = {
  ok: 'All is well',
  alarm: 'Fire',
  'no-data': 'Say that data is missing',
  keep: 'Stay as it was',
};

/** One choice of a fixed list; picking nothing is not possible. */
function Choice<T extends string>(props: {
  label: string;
  values: readonly T[];
  labels: Record<T, string>;
  value: T;
  onPick(value: T): void;
}) {
  const { label, values, labels, value, onPick } = props;
  return (
    <Select
      label={label}
      allowDeselect={false}
      data={values.map((one) => ({ value: one, label: labels[one] }))}
      value={value}
      onChange={(picked) => {
        const found = values.find((one) => one === picked);
        if (found !== undefined) onPick(found);
      }}
    />
  );
}

/** What is watched: the fields of one metric, or the queries as JSON where there are several. */
export function WatchedFields({ draft, errors, onChange }: Props) {
  const { metric } = draft;
  if (metric === null) {
    return (
      <>
        <Textarea
          label="Queries (JSON)"
          description="Metrics, metric math or SEARCH, as the console asks CloudWatch for them."
          autosize
          minRows={6}
          maxRows={16}
          styles={{ input: { fontFamily: 'var(--nd-mono)', fontSize: 12 } }}
          value={draft.queries}
          error={errors.queries}
          onChange={(event) => onChange({ queries: event.currentTarget.value })}
        />
        <TextInput
          label="Id of the query that is compared"
          value={draft.watchedId}
          error={errors.watchedId}
          onChange={(event) => onChange({ watchedId: event.currentTarget.value })}
        />
      </>
    );
  }
  const set = (part: Partial<MetricDraft>): void => onChange({ metric: { ...metric, ...part } });
  return (
    <>
      <Group grow align="flex-start">
        <TextInput
          label="Namespace"
          value={metric.namespace}
          error={errors.namespace}
          onChange={(event) => set({ namespace: event.currentTarget.value })}
        />
        <TextInput
          label="Metric"
          value={metric.metricName}
          error={errors.metricName}
          onChange={(event) => set({ metricName: event.currentTarget.value })}
        />
      </Group>
      <Textarea
        label="Dimensions"
        description="One a line: Name=value."
        autosize
        minRows={1}
        value={metric.dimensions}
        error={errors.dimensions}
        onChange={(event) => set({ dimensions: event.currentTarget.value })}
      />
      <KnownValues
        place={draft.rule}
        metric={metric}
        onPick={(dimensions) => set({ dimensions })}
      />
      <Group grow align="flex-start">
        <TextInput
          label="Statistic"
          value={metric.stat}
          error={errors.stat}
          onChange={(event) => set({ stat: event.currentTarget.value })}
        />
        <TextInput
          label="Period (seconds)"
          inputMode="numeric"
          value={metric.periodSeconds}
          error={errors.periodSeconds}
          onChange={(event) => set({ periodSeconds: event.currentTarget.value })}
        />
      </Group>
    </>
  );
}

/** The condition, how long it must hold, how often it is looked at, and what missing data means. */
export function ConditionFields({ draft, errors, onChange }: Props) {
  const { rule } = draft;
  const set = (part: Partial<LocalRule>): void => onChange({ rule: { ...rule, ...part } });
  return (
    <>
      <Group grow align="flex-start">
        <Choice
          label="Fires when the"
          values={ruleReducers}
          labels={reducerLabels}
          value={rule.reducer}
          onPick={(reducer) => set({ reducer })}
        />
        <TextInput
          label="over (minutes)"
          inputMode="decimal"
          value={draft.windowMinutes}
          error={errors.windowMinutes}
          onChange={(event) => onChange({ windowMinutes: event.currentTarget.value })}
        />
        <Choice
          label="Comparison"
          values={ruleComparisons}
          labels={comparisonLabels}
          value={rule.comparison}
          onPick={(comparison) => set({ comparison })}
        />
        <TextInput
          label="Threshold"
          inputMode="decimal"
          value={draft.threshold}
          error={errors.threshold}
          onChange={(event) => onChange({ threshold: event.currentTarget.value })}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          label="Lasting (minutes)"
          description="0 fires at once."
          inputMode="decimal"
          value={draft.forMinutes}
          error={errors.forMinutes}
          onChange={(event) => onChange({ forMinutes: event.currentTarget.value })}
        />
        <TextInput
          label="Looked at every (seconds)"
          description="At least 30."
          inputMode="numeric"
          value={draft.everySeconds}
          error={errors.everySeconds}
          onChange={(event) => onChange({ everySeconds: event.currentTarget.value })}
        />
      </Group>
      <Group grow align="flex-start">
        <Choice
          label="Without data"
          values={noDataPolicies}
          labels={noDataLabels}
          value={rule.noData}
          onPick={(noData) => set({ noData })}
        />
        <Choice
          label="Severity"
          values={severities}
          labels={{
            critical: severityLabel('critical'),
            security: severityLabel('security'),
            warning: severityLabel('warning'),
            business: severityLabel('business'),
            info: severityLabel('info'),
          }}
          value={rule.severity}
          onPick={(severity) => set({ severity })}
        />
      </Group>
    </>
  );
}
