import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { LocalRule } from '../../shared/local-rules/local-rule';
import { askCancellable } from '../bridge';
import { safeText } from '../ui/safe-text';
import type { MetricDraft } from './local-rule-form';
import { withDimension } from './local-rule-form';

interface Props {
  place: Pick<LocalRule, 'connectionId' | 'region'>;
  metric: MetricDraft;
  onPick(dimensions: string): void;
}

/** What the account publishes for the first dimension, so that nobody has to type a load balancer's id. */
export function KnownValues({ place, metric, onPick }: Props) {
  const { connectionId, region } = place;
  const { namespace, metricName } = metric;
  const dimension = metric.dimensions.split('=')[0]?.trim() ?? '';
  const known = useQuery({
    queryKey: ['rule-choices', connectionId, region, namespace, metricName, dimension],
    enabled: namespace !== '' && metricName !== '' && dimension !== '',
    retry: false,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      askCancellable(
        'metrics.choices',
        (requestId) => ({
          connectionId,
          region,
          namespace,
          metricName,
          dimension,
          filters: [],
          requestId,
        }),
        signal,
      ),
  });
  const values = [...new Set(known.data ?? [])];
  if (values.length === 0) return null;
  return (
    <Select
      label={`Known values of ${safeText(dimension)}`}
      placeholder={`${values.length} in this account and region`}
      searchable
      limit={50}
      data={values.map((value) => ({ value, label: safeText(value) }))}
      value={null}
      onChange={(value) => {
        if (value !== null) onPick(withDimension(metric.dimensions, dimension, value));
      }}
    />
  );
}
