import { z } from 'zod';
import { constraintError, invalidNextToken, invalidValue } from '../errors';
import type { HistoryItem } from '../model';
import { seconds } from './alarm-shape';
import { checkAlarmType, checkMaxRecords } from './describe-alarms';
import type { Operation } from './operation';
import { decodeToken, encodeToken } from './paging';
import { parseInput } from './parse';

const TYPES = ['ConfigurationUpdate', 'StateUpdate', 'Action'];
const inputSchema = z.object({
  AlarmName: z.string().optional(),
  AlarmTypes: z.array(z.string()).optional(),
  HistoryItemType: z.string().optional(),
  StartDate: z.number().optional(),
  EndDate: z.number().optional(),
  MaxRecords: z.number().optional(),
  NextToken: z.string().optional(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).optional(),
  AlarmContributorId: z.string().optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html */
export const describeAlarmHistory: Operation = ({ region }, body) => {
  const input = parseInput(inputSchema, body);
  checkMaxRecords(input.MaxRecords);
  if (input.HistoryItemType !== undefined && !TYPES.includes(input.HistoryItemType)) {
    throw constraintError(
      input.HistoryItemType,
      'historyItemType',
      `Member must satisfy enum value set: [${TYPES.join(', ')}]`,
    );
  }
  for (const type of input.AlarmTypes ?? []) checkAlarmType(type);
  if (
    input.StartDate !== undefined &&
    input.EndDate !== undefined &&
    input.StartDate > input.EndDate
  ) {
    throw invalidValue(
      'The parameter StartDate must be less than or equal to the parameter EndDate.',
    );
  }
  const { NextToken, MaxRecords, ...question } = input;
  // Composites are left out unless asked for.
  const types = new Set(input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm']);
  const items = region.history.filter(
    (item) =>
      types.has(item.alarmType) &&
      (input.AlarmName === undefined || item.alarmName === input.AlarmName) &&
      (input.HistoryItemType === undefined || item.type === input.HistoryItemType) &&
      (input.StartDate === undefined || item.at >= input.StartDate * 1000) &&
      (input.EndDate === undefined || item.at <= input.EndDate * 1000),
  );
  if (input.ScanBy !== 'TimestampAscending') items.reverse();
  const after = NextToken === undefined ? null : decodeToken(question, NextToken, invalidNextToken);
  const from = after === null ? 0 : items.findIndex((item) => keyOf(item) === after) + 1;
  const page = items.slice(from, from + (MaxRecords ?? 100));
  const last = page.at(-1);
  const more = from + page.length < items.length;
  return {
    AlarmHistoryItems: page.map((item) => ({
      AlarmName: item.alarmName,
      AlarmType: item.alarmType,
      Timestamp: seconds(item.at),
      HistoryItemType: item.type,
      HistorySummary: item.summary,
      HistoryData: item.data,
    })),
    NextToken: more && last !== undefined ? encodeToken(question, keyOf(last)) : undefined,
  };
};

const keyOf = (item: HistoryItem): string =>
  `${item.at}/${item.alarmName}/${item.type}/${item.summary}`;
