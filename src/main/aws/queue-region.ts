/** The queue may live in another region than the alarms; its request is signed for its own. */
export function queueRegion(queueUrl: string, otherwise: string): string {
  const { hostname } = new URL(queueUrl);
  return (
    /^(?:sqs\.)?([a-z]{2}(?:-[a-z]+)+-\d)\.(?:queue\.)?amazonaws\.com/.exec(hostname)?.[1] ??
    otherwise
  );
}
