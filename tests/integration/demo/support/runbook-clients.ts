import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { type DemoAws, startDemo } from '../../../../src/demo';
import { demoKeys } from '../../../../src/demo/world';

/** What every client of the demo is made with. */
export const configOf = (demo: DemoAws, region: string, key: keyof typeof demoKeys = 'both') => ({
  endpoint: demo.endpoint,
  region,
  maxAttempts: 1,
  credentials: demoKeys[key],
});

/** A demo whose time stands still but for `advance` and the passing of real time. */
export const quietDemo = (): Promise<DemoAws> =>
  startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 20 });

/** Lets demo time pass in steps of five seconds, as the demo itself evaluates. */
export function pass(demo: DemoAws, seconds: number): void {
  for (let left = seconds; left > 0; left -= 5) demo.advance(Math.min(left, 5) * 1000);
}

export async function alarmState(demo: DemoAws, region: string, name: string): Promise<string> {
  const client = new CloudWatchClient(configOf(demo, region));
  const answer = await client.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  client.destroy();
  return answer.MetricAlarms?.[0]?.StateValue ?? 'none';
}

/** Name and message a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return { name: error.name, message: error.message };
    throw error;
  }
  throw new Error('the call was not refused');
}
