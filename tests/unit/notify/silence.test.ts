import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { snoozeUntil } from '../../../src/shared/incidents/snooze';
import { activeMute } from '../../../src/shared/notify/mutes';
import { plainText } from '../../../src/shared/notify/plain-text';
import { inQuietHours } from '../../../src/shared/notify/quiet-hours';
import type { Mute } from '../../../src/shared/settings/settings';
import { openDesk, START, transition } from '../incidents/fixtures';

const HOUR = 3_600_000;

// A zone with daylight saving time: in 2026 clocks go forward on 29 March and back on 25 October.
let zone: string | undefined;
beforeEach(() => {
  zone = process.env['TZ'];
  process.env['TZ'] = 'Europe/Berlin';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const local = (text: string): number => new Date(text).getTime();

describe('quiet hours', () => {
  const night = { enabled: true, from: '22:00', to: '07:00' };

  it.each([
    ['2026-06-15T21:59', false],
    ['2026-06-15T22:00', true],
    ['2026-06-16T00:00', true],
    ['2026-06-16T06:59', true],
    ['2026-06-16T07:00', false],
    ['2026-06-16T12:00', false],
  ])('across midnight: %s is quiet: %s', (time, quiet) => {
    expect(inQuietHours(night, local(time))).toBe(quiet);
  });

  it.each(['2026-03-29', '2026-10-25'])('end at 07:00 by the wall clock on %s', (day) => {
    expect(inQuietHours(night, local(`${day}T06:59`))).toBe(true);
    expect(inQuietHours(night, local(`${day}T07:00`))).toBe(false);
  });

  it('are none when disabled or empty', () => {
    expect(inQuietHours({ ...night, enabled: false }, local('2026-06-15T23:00'))).toBe(false);
    const empty = { enabled: true, from: '10:00', to: '10:00' };
    expect(inQuietHours(empty, local('2026-06-15T10:00'))).toBe(false);
  });

  it('keep everything but critical to the inbox, and say why', async () => {
    const all = { enabled: true, from: '00:00', to: '23:59' };
    const desk = await openDesk({ quietHours: all });
    await desk.see(
      transition('soft', 'ALARM', START),
      transition('hard', 'ALARM', START, { severity: 'critical' }),
    );
    expect(desk.presenter.shown.map((popup) => popup.title)).toEqual(['Critical: hard']);
    const soft = desk.service.inbox().find((item) => item.alarmKey === 'c|soft');
    expect(soft).toMatchObject({ delivery: 'in-app', deliveryNote: 'quiet hours until 23:59' });
  });
});

describe('mutes', () => {
  const mute = (more: Partial<Mute>): Mute => ({
    id: 'm',
    pattern: 'crm-*',
    connectionId: null,
    until: START + HOUR,
    reason: '',
    ...more,
  });
  const alarm = { alarmName: 'CRM-rds', connectionId: 'c' };

  it('match by glob, connection and time; the longest counts', () => {
    expect(activeMute([mute({})], alarm, START)).not.toBeNull();
    expect(activeMute([mute({})], alarm, START + HOUR)).toBeNull();
    expect(activeMute([mute({ pattern: 'crm-' })], alarm, START)).toBeNull();
    expect(activeMute([mute({ connectionId: 'other' })], alarm, START)).toBeNull();
    const long = mute({ id: 'long', until: START + 2 * HOUR });
    expect(activeMute([mute({}), long], alarm, START)?.id).toBe('long');
  });

  it('silence even critical, repeats included, until they end', async () => {
    const desk = await openDesk({ mutes: [mute({ pattern: 'db', reason: 'migration' })] });
    await desk.see(transition('db', 'ALARM', START, { severity: 'critical' }));
    await desk.pass(HOUR - 1_000);
    expect(desk.presenter.shown).toEqual([]);
    expect(desk.service.inbox()[0]?.deliveryNote).toBe('muted: migration');
    await desk.pass(60_000);
    expect(desk.presenter.shown.map((popup) => popup.title)).toEqual(['Still critical: db']);
  });
});

describe('snoozing', () => {
  it.each([
    ['2026-06-15T18:00', '2026-06-16T09:00'],
    ['2026-03-28T18:00', '2026-03-29T09:00'],
    ['2026-10-24T18:00', '2026-10-25T09:00'],
    ['2026-12-31T23:59', '2027-01-01T09:00'],
    ['2026-06-16T03:06', '2026-06-16T09:00'],
  ])('at %s until tomorrow morning ends at %s by the wall clock', (now, end) => {
    expect(snoozeUntil({ kind: 'tomorrow-morning' }, local(now))).toBe(local(end));
  });

  it('for a fixed time ends after that time', () => {
    expect(snoozeUntil({ kind: 'fifteen-minutes' }, START)).toBe(START + HOUR / 4);
    expect(snoozeUntil({ kind: 'one-hour' }, START)).toBe(START + HOUR);
    expect(snoozeUntil({ kind: 'until', at: 5 }, START)).toBe(5);
  });
});

describe('commands', () => {
  it('refuse what cannot be done, and say so', async () => {
    const desk = await openDesk();
    const none = { alarmKeys: ['c|nothing'], note: null, expiresInMs: null };
    expect(await desk.service.acknowledge(none)).toMatchObject({
      ok: false,
      failure: { kind: 'not-found' },
    });
    expect(await desk.service.note({ alarmKey: 'c|nothing', text: 'x' })).toMatchObject({
      ok: false,
    });
    expect(await desk.service.undo('unknown')).toMatchObject({ ok: false });
    await desk.see(transition('a', 'ALARM', START));
    const past = await desk.service.snooze({ alarmKeys: ['c|a'], until: START - 1 });
    expect(past).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
  });

  it('acknowledge in bulk, survive a flap and a restart, expire, and are undone', async () => {
    const desk = await openDesk();
    await desk.see(transition('a', 'ALARM', START), transition('b', 'ALARM', START));
    const alarmKeys = ['c|a', 'c|b', 'c|gone'];
    const done = await desk.service.acknowledge({ alarmKeys, note: 'mine', expiresInMs: HOUR });
    expect(done).toMatchObject({ ok: true, value: { changed: 2 } });
    await desk.pass(1_000);
    await desk.see(transition('a', 'OK', START + 1_000));
    await desk.pass(60_000);
    await desk.see(transition('a', 'ALARM', START + 61_000));
    expect(desk.service.open('c|a')?.state).toBe('acknowledged');
    const after = await openDesk({}, desk);
    expect(after.service.open('c|a')).toEqual(desk.service.open('c|a'));
    await after.service.undo(done.ok ? done.value.undoToken : '');
    expect(after.service.open('c|b')?.state).toBe('triggered');
    await after.service.acknowledge({ alarmKeys: ['c|b'], note: null, expiresInMs: HOUR });
    const shown = after.presenter.shown.length;
    await after.pass(2 * HOUR);
    expect(after.service.open('c|b')?.state).toBe('triggered');
    expect(after.presenter.shown.length - shown).toBe(1);
  });
});

describe('plain text (S7)', () => {
  it('holds no control, bidirectional or invisible character, and is short', () => {
    const hostile = 'a\u0000b\u001b[31mc\u202Ed\u2066e\u200Bf\u{E0041}g\r\nh\uD800';
    const text = plainText(hostile, 100);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(text).toContain('h\uFFFD');
    expect([...plainText('😀'.repeat(500), 50)]).toHaveLength(50);
  });
});
