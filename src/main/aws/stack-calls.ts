/** CloudFormation's stacks, as the SDK's client asks for them. */
import type { RegionApi } from './aws-api';
import type { Caller } from './caller';

export const stackCalls = (
  caller: Caller,
): Pick<RegionApi, 'describeStacks' | 'listStackResources' | 'listExports'> => ({
  describeStacks: (input, signal) =>
    caller.call({
      operation: 'DescribeStacks',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.cloudformation();
        return client.send(new sdk.DescribeStacksCommand(input), options);
      },
    }),
  listStackResources: (input, signal) =>
    caller.call({
      operation: 'ListStackResources',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.cloudformation();
        return client.send(new sdk.ListStackResourcesCommand(input), options);
      },
    }),
  listExports: (NextToken, signal) =>
    caller.call({
      operation: 'ListExports',
      signal,
      async send(_sdk, clients, options) {
        const { sdk, client } = await clients.cloudformation();
        return client.send(new sdk.ListExportsCommand({ NextToken }), options);
      },
    }),
});
