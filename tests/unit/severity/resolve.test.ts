import { describe, expect, it } from 'vitest';
import { defaultSeverityRules } from '../../../src/shared/severity/default-rules';
import { globMatches } from '../../../src/shared/severity/glob';
import { explainSeverity, resolveSeverity } from '../../../src/shared/severity/resolve';
import type { SeveritySubject } from '../../../src/shared/severity/resolve';

const subject = (name: string, topic?: string, tags?: Record<string, string>): SeveritySubject => ({
  name,
  kind: 'metric',
  metric: null,
  tags: tags ?? null,
  alarmActions: topic === undefined ? [] : [`arn:aws:sns:us-east-1:111122223333:${topic}`],
});

describe('severity', () => {
  it.each([
    ['CRM-High-Error-Rate', 'crm-critical-alerts', 'critical'],
    ['CRM-High-Response-Time', 'crm-warning-alerts', 'warning'],
    ['CRM-Low-Lead-Conversion', 'crm-business-alerts', 'business'],
    ['CRM-High-Auth-Failures', 'crm-security-alerts', 'security'],
    ['P0 RealTechee-Critical-Error-Rate', 'RealTechee-Critical-Alerts', 'critical'],
    ['P1 RealTechee-Response-Time-Warning', 'RealTechee-Warning-Alerts', 'warning'],
    ['anything', 'RealTechee-Info-Alerts', 'info'],
    ['P0 application unavailable', undefined, 'critical'],
    ['something else', undefined, 'warning'],
  ])('%s by topic %s is %s', (name, topic, severity) => {
    expect(resolveSeverity(subject(name, topic), defaultSeverityRules).severity).toBe(severity);
  });

  it('lets the tag decide before the topic', () => {
    const alarm = subject('a', 'crm-warning-alerts', { alertlevel: 'CRITICAL' });
    expect(resolveSeverity(alarm, defaultSeverityRules).severity).toBe('critical');
  });

  it('says which rule hit, and why', () => {
    const test = explainSeverity(subject('P0 x'), defaultSeverityRules);
    expect(test.ruleId).toBe('name-p0');
    expect(test.explanation).toContain('its name matches “P0*”');
    expect(explainSeverity(subject('x'), []).ruleId).toBeNull();
  });

  it('matches globs over the whole text without exponential time', () => {
    expect(globMatches('a*c?', 'ABBCD')).toBe(true);
    expect(globMatches('a*c', 'abcd')).toBe(false);
    const startedAt = performance.now();
    expect(globMatches('*a'.repeat(100) + 'b', 'a'.repeat(2000))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
