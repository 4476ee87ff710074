/** What severities there are. Apart from the schemas, so that the window's first chunk carries no validator. */

/** From most to least urgent; lists are grouped in this order. */
export const severities = ['critical', 'security', 'warning', 'business', 'info'] as const;
export type Severity = (typeof severities)[number];
export type { SeverityRule } from './severity-schema';
