/** CloudWatch's dashboards of an account, as the SDK's client asks for them. */
import type { RegionApi, RegionChanges } from './aws-api';
import type { Caller } from './caller';

export const dashboardCalls = (
  caller: Caller,
): Pick<RegionApi, 'listDashboards' | 'getDashboard'> => ({
  listDashboards: (NextToken, signal) =>
    caller.call({
      operation: 'ListDashboards',
      signal,
      send: (sdk, { cloudwatch }, options) =>
        cloudwatch.send(new sdk.ListDashboardsCommand({ NextToken }), options),
    }),
  getDashboard: (DashboardName, signal) =>
    caller.call({
      operation: 'GetDashboard',
      signal,
      send: (sdk, { cloudwatch }, options) =>
        cloudwatch.send(new sdk.GetDashboardCommand({ DashboardName }), options),
    }),
});

export const dashboardChanges = (caller: Caller): Pick<RegionChanges, 'putDashboard'> => ({
  putDashboard: (DashboardName, DashboardBody, signal) =>
    caller.call({
      operation: 'PutDashboard',
      signal,
      async send(sdk, { cloudwatch }, options) {
        try {
          const answer = await cloudwatch.send(
            new sdk.PutDashboardCommand({ DashboardName, DashboardBody }),
            options,
          );
          return { accepted: true, messages: answer.DashboardValidationMessages ?? [] };
        } catch (error) {
          // A refused body is an answer: its messages say which field is wrong and why.
          if (!(error instanceof sdk.DashboardInvalidInputError)) throw error;
          const messages = error.dashboardValidationMessages ?? [];
          return {
            accepted: false,
            messages: messages.length > 0 ? messages : [{ Message: error.message }],
          };
        }
      },
    }),
});
