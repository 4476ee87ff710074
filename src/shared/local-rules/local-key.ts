/** Prefix of the alarm keys and ARNs of local rules. */
export const LOCAL_PREFIX = 'local';

export const localKey = (ruleId: string): string => `${LOCAL_PREFIX}|${ruleId}`;
export const localArn = (ruleId: string): string => `${LOCAL_PREFIX}:rule:${ruleId}`;

/** Whether an alarm of this key is a rule that the console evaluates itself. */
export const isLocalKey = (alarmKey: string): boolean => alarmKey.startsWith(`${LOCAL_PREFIX}|`);
export const isLocalArn = (arn: string): boolean => arn.startsWith(`${LOCAL_PREFIX}:rule:`);
