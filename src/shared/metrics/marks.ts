import type { Severity } from '../severity/severity';
import type { MetricId } from './query';

/** A time an alarm was in ALARM, with what it watches, so that charts of those metrics can shade it. */
export interface AlarmSpan {
  alarmKey: string;
  alarmName: string;
  severity: Severity;
  connectionId: string;
  region: string;
  metrics: MetricId[];
  /** ms UTC; `to` is the window's end while it lasts. */
  from: number;
  to: number;
}

/** Something that happened at one moment: drawn as a vertical mark. */
export interface TimeMark {
  at: number;
  kind: 'deployment' | 'acknowledged' | 'note';
  /** One short line. */
  text: string;
  connectionId: string | null;
  region: string | null;
  alarmKey: string | null;
}

export interface TimeMarks {
  spans: AlarmSpan[];
  marks: TimeMark[];
}
