import type { Operation } from '../operation';
import { filterLogEvents } from './filter-log-events';
import { getLogEvents } from './get-log-events';
import { getLogGroupFields } from './group-fields';
import {
  listLogTags,
  listTagsLogGroup,
  tagLogGroup,
  tagLogResource,
  untagLogGroup,
  untagLogResource,
} from './group-tags';
import {
  createLogGroup,
  deleteLogGroup,
  deleteRetentionPolicy,
  describeLogGroups,
  listLogGroups,
  putRetentionPolicy,
} from './groups';
import { startLiveTail } from './live-tail';
import { getLogRecord, testMetricFilter } from './log-record';
import { putLogEvents } from './put-log-events';
import { describeQueries, getQueryResults, startQuery, stopQuery } from './queries';
import {
  deleteQueryDefinition,
  describeQueryDefinitions,
  putQueryDefinition,
} from './query-definitions';
import { createLogStream, deleteLogStream, describeLogStreams } from './streams';

/** Every operation of CloudWatch Logs the demo answers, by name. */
export const logsOperations: Record<string, Operation> = {
  DescribeLogGroups: describeLogGroups,
  ListLogGroups: listLogGroups,
  CreateLogGroup: createLogGroup,
  DeleteLogGroup: deleteLogGroup,
  PutRetentionPolicy: putRetentionPolicy,
  DeleteRetentionPolicy: deleteRetentionPolicy,
  GetLogGroupFields: getLogGroupFields,
  ListTagsForResource: listLogTags,
  TagResource: tagLogResource,
  UntagResource: untagLogResource,
  ListTagsLogGroup: listTagsLogGroup,
  TagLogGroup: tagLogGroup,
  UntagLogGroup: untagLogGroup,
  DescribeLogStreams: describeLogStreams,
  CreateLogStream: createLogStream,
  DeleteLogStream: deleteLogStream,
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
  GetLogRecord: getLogRecord,
  PutLogEvents: putLogEvents,
  TestMetricFilter: testMetricFilter,
  StartLiveTail: startLiveTail,
  StartQuery: startQuery,
  GetQueryResults: getQueryResults,
  StopQuery: stopQuery,
  DescribeQueries: describeQueries,
  PutQueryDefinition: putQueryDefinition,
  DescribeQueryDefinitions: describeQueryDefinitions,
  DeleteQueryDefinition: deleteQueryDefinition,
};
