import { isLocalArn } from '../local-rules/local-key';
import type { Alarm } from './alarm';

/** The AWS console's host of a partition; CloudFormation's partition id is the ARN's second segment. */
function consoleHost(partition: string, region: string): string {
  switch (partition) {
    case 'aws-cn':
      return `${region}.console.amazonaws.cn`;
    case 'aws-us-gov':
      return `${region}.console.amazonaws-us-gov.com`;
    default:
      return `${region}.console.aws.amazon.com`;
  }
}

/** Link to the alarm in the AWS console. Always https on AWS's own host; the name is escaped. */
export function consoleUrl(alarm: Pick<Alarm, 'arn' | 'name' | 'region'>): string {
  const partition = alarm.arn.split(':')[1] ?? 'aws';
  const region = encodeURIComponent(alarm.region);
  // CloudWatch does not know a local rule; its metrics are there to look at.
  if (isLocalArn(alarm.arn)) {
    return `https://${consoleHost('aws', region)}/cloudwatch/home?region=${region}#metricsV2`;
  }
  // The console's router reads the fragment itself, and parentheses would end a pasted Markdown link.
  const name = encodeURIComponent(alarm.name).replace(
    /[()']/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `https://${consoleHost(partition, region)}/cloudwatch/home?region=${region}#alarmsV2:alarm/${name}`;
}
