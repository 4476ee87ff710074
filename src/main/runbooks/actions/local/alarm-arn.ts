/** The ARN in an alarm's key, `connectionId|arn`; null without an alarm. */
export function alarmArn(alarmKey: string | null): string | null {
  if (alarmKey === null) return null;
  const at = alarmKey.indexOf('|');
  return at < 0 ? null : alarmKey.slice(at + 1);
}
