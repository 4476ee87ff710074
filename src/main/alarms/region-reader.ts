import type { DescribeAlarmsInput, DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import type { AlarmHistoryItem } from '../../shared/alarms/history';
import type { Clock } from '../../shared/clock';
import type { AlarmApi } from '../aws/aws-api';
import { pages } from '../aws/paging';
import { alarmsFromAws } from './from-aws';
import type { Sighting } from './from-aws';
import { historyFromAws } from './history-from-aws';

/** AWS's most per call. */
const PAGE_SIZE = 100;
const NAMES_PER_CALL = 100;
/** A page of answers may hold 100 items; history of 30 days of heavy flapping stays below this. */
const HISTORY_MAX_PAGES = 300;

export type ReadApi = Pick<
  AlarmApi,
  'connectionId' | 'region' | 'describeAlarms' | 'describeAlarmHistory'
>;

export interface SightedPage {
  sightings: Sighting[];
  /** When the answer arrived, ms. */
  receivedAt: number;
}

/** The questions the console asks of one region, as pages of domain shapes. Rejects with `AwsFailure`. */
export class RegionReader {
  constructor(
    private readonly api: ReadApi,
    private readonly clock: Clock,
  ) {}

  /** Everything in ALARM. */
  firing(signal: AbortSignal): AsyncGenerator<SightedPage, void, void> {
    return this.alarms({ StateValue: 'ALARM' }, signal);
  }

  /** Every alarm. */
  all(signal: AbortSignal): AsyncGenerator<SightedPage, void, void> {
    return this.alarms({}, signal);
  }

  /** These alarms, as many as still exist. */
  async *named(names: string[], signal: AbortSignal): AsyncGenerator<SightedPage, void, void> {
    for (let start = 0; start < names.length; start += NAMES_PER_CALL) {
      yield* this.alarms({ AlarmNames: names.slice(start, start + NAMES_PER_CALL) }, signal);
    }
  }

  /** State changes of all alarms from `startMs` on, oldest first. */
  async stateChanges(startMs: number, signal: AbortSignal): Promise<AlarmHistoryItem[]> {
    const items: AlarmHistoryItem[] = [];
    const walk = pages(
      (NextToken) =>
        this.api.describeAlarmHistory(
          {
            AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
            HistoryItemType: 'StateUpdate',
            StartDate: new Date(startMs),
            ScanBy: 'TimestampAscending',
            MaxRecords: PAGE_SIZE,
            NextToken,
          },
          signal,
        ),
      this.paging('DescribeAlarmHistory', HISTORY_MAX_PAGES),
    );
    for await (const page of walk) items.push(...historyFromAws(page));
    return items.sort((a, b) => a.at - b.at);
  }

  /** All kinds of items of one alarm between two times, newest first, at most `limit`. */
  async historyOf(
    alarmName: string,
    startMs: number,
    endMs: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<AlarmHistoryItem[]> {
    const items: AlarmHistoryItem[] = [];
    const walk = pages(
      (NextToken) =>
        this.api.describeAlarmHistory(
          {
            AlarmName: alarmName,
            AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
            StartDate: new Date(startMs),
            EndDate: new Date(endMs),
            ScanBy: 'TimestampDescending',
            MaxRecords: PAGE_SIZE,
            NextToken,
          },
          signal,
        ),
      this.paging('DescribeAlarmHistory', HISTORY_MAX_PAGES),
    );
    for await (const page of walk) {
      items.push(...historyFromAws(page));
      if (items.length >= limit) break;
    }
    return items.slice(0, limit).sort((a, b) => b.at - a.at);
  }

  private async *alarms(
    input: DescribeAlarmsInput,
    signal: AbortSignal,
  ): AsyncGenerator<SightedPage, void, void> {
    const walk = pages<DescribeAlarmsOutput>(
      (NextToken) =>
        this.api.describeAlarms(
          {
            ...input,
            AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
            MaxRecords: PAGE_SIZE,
            NextToken,
          },
          signal,
        ),
      this.paging('DescribeAlarms'),
    );
    for await (const page of walk) {
      const receivedAt = this.clock.now();
      const { connectionId, region } = this.api;
      yield { sightings: alarmsFromAws(page, { connectionId, region, receivedAt }), receivedAt };
    }
  }

  private paging(operation: string, maxPages?: number) {
    return { operation, connectionId: this.api.connectionId, maxPages };
  }
}
