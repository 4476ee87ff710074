/** Logs Insights, its saved queries, live tail and retention, as the SDK's client asks for them. */
import type { LogChanges, LogQueryApi, StartedQuery } from './log-query-api';
import type { Caller } from './caller';

export const logQueryCalls = (caller: Caller): LogQueryApi => ({
  startQuery: (input, signal) =>
    caller.call<StartedQuery>({
      operation: 'StartQuery',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.logs();
        try {
          const { queryId } = await client.send(new sdk.StartQueryCommand(input), options);
          return { queryId: queryId ?? '', malformed: null };
        } catch (error) {
          // A query that does not parse is an answer: it says where the mistake is.
          if (!(error instanceof sdk.MalformedQueryException)) throw error;
          const { location, message } = error.queryCompileError ?? {};
          return {
            queryId: '',
            malformed: {
              message: message ?? error.message,
              start: location?.startCharOffset ?? null,
              end: location?.endCharOffset ?? null,
            },
          };
        }
      },
    }),
  getQueryResults: (input, signal) =>
    caller.call({
      operation: 'GetQueryResults',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.logs();
        return client.send(new sdk.GetQueryResultsCommand(input), options);
      },
    }),
  stopQuery: (queryId, signal) =>
    caller.call({
      operation: 'StopQuery',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.logs();
        return client.send(new sdk.StopQueryCommand({ queryId }), options);
      },
    }),
  describeQueryDefinitions: (nextToken, signal) =>
    caller.call({
      operation: 'DescribeQueryDefinitions',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.logs();
        const input = { maxResults: 1_000, nextToken };
        return client.send(new sdk.DescribeQueryDefinitionsCommand(input), options);
      },
    }),
  startLiveTail: (input, signal) =>
    caller.stream({
      operation: 'StartLiveTail',
      signal,
      async open(_sdk, clients, options) {
        const { sdk, client } = await clients.logs();
        const answer = await client.send(new sdk.StartLiveTailCommand(input), options);
        if (answer.responseStream === undefined) throw new TypeError('StartLiveTail: no stream');
        return answer.responseStream;
      },
    }),
});

export const logChanges = (caller: Caller): LogChanges => ({
  putQueryDefinition: async (input, signal) => {
    const answer = await caller.call({
      operation: 'PutQueryDefinition',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.logs();
        return client.send(new sdk.PutQueryDefinitionCommand(input), options);
      },
    });
    return answer.queryDefinitionId ?? '';
  },
  putRetentionPolicy: async (logGroupName, retentionInDays, signal) => {
    await caller.call({
      operation: 'PutRetentionPolicy',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.logs();
        const input = { logGroupName, retentionInDays };
        return client.send(new sdk.PutRetentionPolicyCommand(input), options);
      },
    });
  },
  deleteRetentionPolicy: async (logGroupName, signal) => {
    await caller.call({
      operation: 'DeleteRetentionPolicy',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.logs();
        return client.send(new sdk.DeleteRetentionPolicyCommand({ logGroupName }), options);
      },
    });
  },
});
