/** Alarms that a metric widget names: their limits, and their metrics where the widget has none of its own. */
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Alarm } from '../../shared/alarms/alarm';
import type { MetricWidget } from '../../shared/dashboards/dashboard';
import { alarmWidget } from '../../shared/metrics/alarm-widget';
import { ask } from '../bridge';
import { useAlarms } from '../stores/alarms';

const MOST_ALARMS = 20;

/** The widget with what its alarms add to it. */
export function withAlarms(widget: MetricWidget, alarms: readonly Alarm[]): MetricWidget {
  if (alarms.length === 0) return widget;
  const drawn = alarms.flatMap((alarm) => {
    const own = alarmWidget(alarm);
    return own === null ? [] : [{ alarm, own }];
  });
  const limits = drawn.flatMap(({ alarm, own }) =>
    own.thresholds.map((limit) => ({ ...limit, label: `${alarm.name} limit` })),
  );
  const bare = !widget.series.some(({ visible }) => visible);
  const [first] = drawn;
  if (!bare || first === undefined) {
    return { ...widget, thresholds: [...widget.thresholds, ...limits] };
  }
  const { alarm, own } = first;
  const series = own.series.map((spec) => ({ ...spec, region: alarm.region }));
  return {
    ...widget,
    title: widget.title === '' ? own.title : widget.title,
    series,
    thresholds: [...widget.thresholds, ...limits],
  };
}

/** Keys of the alarms, as a connection sees them. */
function useKeys(arns: readonly string[]): string[] {
  const told = useAlarms((state) => {
    if (arns.length === 0) return '';
    const keys: string[] = [];
    for (const key of state.index.rows.keys()) {
      if (arns.includes(key.slice(key.indexOf('|') + 1))) keys.push(key);
    }
    return JSON.stringify(keys.slice(0, MOST_ALARMS));
  });
  return useMemo((): string[] => (told === '' ? [] : JSON.parse(told)), [told]);
}

export interface AnnotatedWidget {
  widget: MetricWidget;
  /** Whose metrics are drawn where the widget has none; null: the page's. */
  connectionId: string | null;
}

export function useAlarmAnnotations(widget: MetricWidget): AnnotatedWidget {
  const keys = useKeys(widget.alarmArns);
  const alarms = useQueries({
    queries: keys.map((key) => ({
      queryKey: ['alarm', key, 'detail'],
      queryFn: () => ask('alarms.detail', key),
    })),
    combine: (results) => results.flatMap(({ data }) => (data === undefined ? [] : [data.alarm])),
  });
  return useMemo(() => {
    const bare = !widget.series.some(({ visible }) => visible);
    return {
      widget: withAlarms(widget, alarms),
      connectionId: bare ? (alarms[0]?.connectionId ?? null) : null,
    };
  }, [widget, alarms]);
}
