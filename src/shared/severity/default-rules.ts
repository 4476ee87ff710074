import type { Severity, SeverityRule } from './severity';

/** What an alarm is when no rule matches: worth a look, not worth waking anybody twice. */
export const DEFAULT_SEVERITY: Severity = 'warning';

const byTag = (severity: Severity, value: string): SeverityRule => ({
  id: `tag-alertlevel-${value.toLowerCase()}`,
  severity,
  tag: { key: 'AlertLevel', value },
});
const byTopic = (severity: Severity, word: string): SeverityRule => ({
  id: `topic-${word}-alerts`,
  severity,
  topic: `*${word}-alert*`,
});
const byName = (severity: Severity, id: string, name: string): SeverityRule => ({
  id: `name-${id}`,
  severity,
  name,
});

/**
 * Most explicit first: what the owner tagged, then where the alarm is routed, then how it is named,
 * then what it measures. Replaceable in the settings as a whole.
 */
export const defaultSeverityRules: SeverityRule[] = [
  byTag('critical', 'Critical'),
  byTag('critical', 'P0'),
  byTag('security', 'Security'),
  byTag('warning', 'Warning'),
  byTag('warning', 'P1'),
  byTag('business', 'Business'),
  byTag('info', 'Info'),
  byTopic('critical', 'critical'),
  byTopic('security', 'security'),
  byTopic('business', 'business'),
  byTopic('warning', 'warning'),
  byTopic('info', 'info'),
  byName('critical', 'p0', 'P0*'),
  byName('warning', 'p1', 'P1*'),
  byName('critical', 'critical', '*-Critical-*'),
  byName('security', 'security', '*-Security-*'),
  byName('business', 'business', '*-Business-*'),
  { id: 'namespace-security', severity: 'security', namespace: '*/Security' },
  { id: 'namespace-business', severity: 'business', namespace: '*/Business' },
];
