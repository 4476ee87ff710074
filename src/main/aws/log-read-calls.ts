/** CloudWatch Logs' groups and events, as the SDK's client asks for them. */
import type { LogReadApi } from './log-query-api';
import type { Caller } from './caller';

export const logReadCalls = (caller: Caller): LogReadApi => ({
  describeLogGroups: (input, signal) =>
    caller.call({
      operation: 'DescribeLogGroups',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.logs();
        return client.send(new sdk.DescribeLogGroupsCommand(input), options);
      },
    }),
  filterLogEvents: (input, signal, onThrottled) =>
    caller.call({
      operation: 'FilterLogEvents',
      signal,
      ...(onThrottled === undefined ? {} : { onThrottled }),
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.logs();
        return client.send(new sdk.FilterLogEventsCommand(input), options);
      },
    }),
});
