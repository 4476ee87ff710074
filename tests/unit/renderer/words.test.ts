import { describe, expect, it } from 'vitest';
import { parseSnooze, tomorrowMorning } from '../../../src/renderer/alarms/snooze-choices';
import { rowHolder, rowSummary } from '../../../src/renderer/alarms/row-words';
import { findAlarms, findCommands } from '../../../src/renderer/palette/search';
import { regionHealths, totalLoad } from '../../../src/renderer/shell/connection-health';
import { safeMultiline, safeText } from '../../../src/renderer/ui/safe-text';
import {
  formatAge,
  formatDuration,
  formatFull,
  formatWhen,
  zoneLabel,
} from '../../../src/renderer/ui/time';
import { emptyIndex, patchIndex } from '../../../src/renderer/alarms/alarm-index';
import { alarmRow, connectionStatuses, nightRows } from '../../support/renderer-preview/fixtures';

const NOW = Date.UTC(2026, 0, 31, 22, 15, 7);
const MINUTE = 60_000;

describe('safe text', () => {
  it('shows what would reorder or hide text instead of obeying it', () => {
    expect(safeText('a\u202egnp.exe')).toBe('a⟨202E⟩gnp.exe');
    expect(safeText('zero\u200bwidth\u0000\u001b[31m')).toBe('zero⟨200B⟩width⟨0000⟩⟨001B⟩[31m');
    expect(safeText('two\nlines')).toBe('two lines');
    expect(safeMultiline('two\r\nlines\u2066')).toBe('two\nlines⟨2066⟩');
  });
  it('leaves other scripts and emoji alone', () => {
    expect(safeText('アラーム Störung 🚨')).toBe('アラーム Störung 🚨');
  });
});

describe('time', () => {
  it('is told in the largest unit that says enough', () => {
    expect(formatDuration(6_400)).toBe('6 s');
    expect(formatDuration(59 * MINUTE)).toBe('59 min');
    expect(formatDuration(200 * MINUTE)).toBe('3 h 20 min');
    expect(formatDuration(52 * 60 * MINUTE)).toBe('2 d 4 h');
    expect(formatDuration(-5)).toBe('0 s');
    expect(formatAge(NOW - 4_000, NOW)).toBe('now');
  });
  it('is in the zone it says', () => {
    expect(formatFull(NOW, 'utc')).toBe('2026-01-31 22:15:07 UTC');
    expect(zoneLabel(NOW, 'utc')).toBe('UTC');
    expect(formatWhen(NOW - 23 * 60 * MINUTE, NOW, 'utc')).toBe('01-30 23:15');
  });
});

describe('snoozing', () => {
  it('reads lengths and clock times', () => {
    expect(parseSnooze('45m', NOW, 'utc')).toBe(NOW + 45 * MINUTE);
    expect(parseSnooze('1h 30m', NOW, 'utc')).toBe(NOW + 90 * MINUTE);
    expect(parseSnooze('06:30', NOW, 'utc')).toBe(Date.UTC(2026, 1, 1, 6, 30));
    expect(parseSnooze('22:30', NOW, 'utc')).toBe(Date.UTC(2026, 0, 31, 22, 30));
  });
  it('refuses what is none, nothing or endless', () => {
    for (const text of ['', '0m', 'soon', '25:00', '31d', '-5m']) {
      expect(parseSnooze(text, NOW, 'utc')).toBeNull();
    }
  });
  it('knows the next morning across a month', () => {
    expect(tomorrowMorning(NOW, 'utc')).toBe(Date.UTC(2026, 1, 1, 9));
  });
});

describe('a row in words', () => {
  it('says who has it', () => {
    const row = alarmRow('x', {
      state: 'ALARM',
      incidentState: 'acknowledged',
      owner: 'operator',
      acknowledgedAt: NOW - 9 * MINUTE,
    });
    expect(rowHolder(row, 'operator', NOW, 'utc')).toBe('you, 9 min ago');
    expect(rowHolder(row, 'somebody', NOW, 'utc')).toBe('operator, 9 min ago');
    const snoozed = alarmRow('x', { incidentState: 'snoozed', snoozedUntil: NOW + 15 * MINUTE });
    expect(rowHolder(snoozed, 'operator', NOW, 'utc')).toBe('snoozed to 22:30');
  });
  it('says why it can never fire instead of what it last measured', () => {
    const row = alarmRow('x', { summary: 'old', cannotFire: 'never published' });
    expect(rowSummary(row, 'CRM')).toBe('never published · CRM · us-west-1');
  });
});

describe('connections in words', () => {
  it('names the blind one, since when and why', () => {
    const regions = regionHealths(connectionStatuses(NOW, false), NOW, 'utc');
    expect(regions.map(({ health }) => health)).toEqual(['good', 'good', 'blind']);
    expect(regions[0]?.text).toBe('6 s ago');
    expect(regions[2]?.text).toBe('blind since 21:15: The SSO session has expired.');
    expect(totalLoad(connectionStatuses(NOW, false)).callsPerHour).toBe(618);
  });
});

describe('the palette', () => {
  const { byName } = patchIndex(emptyIndex, nightRows(NOW), []);
  it('offers what fires before a letter is typed', () => {
    expect(findAlarms(byName, '').every((row) => row.state === 'ALARM')).toBe(true);
  });
  it('finds alarms by words, firing first', () => {
    expect(findAlarms(byName, 'crm high').map((row) => row.name)).toEqual([
      'CRM-Database-High-Connections',
      'CRM-High-Auth-Failures',
      'CRM-High-Response-Time',
    ]);
  });
  it('finds commands with their keys', () => {
    expect(findCommands([], 'go settings')[0]?.command).toBe('go-settings');
  });
});
