import { describe, expect, it } from 'vitest';
import type { AlarmTransition } from '../../../src/shared/alarms/alarm';
import { openDesk, START, transition } from '../incidents/fixtures';

const MINUTE = 60_000;

const warnings = (count: number): AlarmTransition[] =>
  Array.from({ length: count }, (_, n) => transition(`warning-${n}`, 'ALARM', START));

describe('telling (R2)', () => {
  it('shows 500 alarms at once in at most 5 popups, and lists all 500', async () => {
    const desk = await openDesk();
    await desk.see(
      ...Array.from({ length: 500 }, (_, n) => transition(`alarm-${n}`, 'ALARM', START)),
    );
    // The fifth is kept for a critical alarm.
    expect(desk.presenter.shown).toHaveLength(4);
    expect(desk.presenter.shown.at(-1)?.title).toContain('and 496 more');
    const inbox = desk.service.inbox();
    expect(new Set(inbox.map((item) => item.alarmKey)).size).toBe(500);
    expect(inbox.filter((item) => item.delivery === 'popup')).toHaveLength(3);
    expect(inbox.filter((item) => item.delivery === 'grouped')).toHaveLength(497);
    await desk.pass(60 * MINUTE);
    expect(desk.presenter.shown).toHaveLength(4);
  });

  it('holds what comes later in the same burst until there is room, and loses none of it', async () => {
    const desk = await openDesk();
    for (let page = 0; page < 5; page += 1) {
      const alarms = Array.from({ length: 100 }, (_, n) =>
        transition(`alarm-${page}-${n}`, 'ALARM', START),
      );
      await desk.see(...alarms);
      await desk.pass(200);
    }
    expect(desk.presenter.shown).toHaveLength(4);
    expect(desk.service.inbox()).toHaveLength(500);
    await desk.pass(21_000);
    expect(desk.presenter.shown.length).toBeLessThanOrEqual(9);
    expect(desk.service.inbox().filter((item) => item.deliveryNote === 'being told')).toEqual([]);
  });

  it('lets a critical alarm pass a burst of warnings: popup and sound at once', async () => {
    const desk = await openDesk();
    await desk.see(...warnings(500));
    await desk.pass(200);
    await desk.see(transition('db', 'ALARM', START, { severity: 'critical' }));
    expect(desk.presenter.shown).toHaveLength(5);
    expect(desk.presenter.shown.at(-1)).toMatchObject({
      title: 'Critical: db',
      urgency: 'critical',
    });
    expect(desk.sounds).toEqual(['critical']);
  });

  it('shows the critical alarms of an answer first, and each with a popup of its own where it fits', async () => {
    const desk = await openDesk();
    const critical = ['db', 'login'].map((name) =>
      transition(name, 'ALARM', START, { severity: 'critical' }),
    );
    await desk.see(...warnings(100), ...critical);
    const titles = desk.presenter.shown.map((popup) => popup.title);
    expect(titles).toHaveLength(5);
    expect(titles.slice(0, 2)).toEqual(['Critical: db', 'Critical: login']);
    expect(titles.at(-1)).toContain('and 97 more');
  });

  it('plays the sound of a critical alarm at once, and once, when even its popup must wait', async () => {
    const desk = await openDesk();
    await desk.see(...warnings(500));
    await desk.see(transition('first', 'ALARM', START, { severity: 'critical' }));
    await desk.see(transition('second', 'ALARM', START, { severity: 'critical' }));
    expect(desk.presenter.shown).toHaveLength(5);
    expect(desk.sounds).toEqual(['critical', 'critical']);
    await desk.pass(21_000);
    expect(desk.presenter.shown.map((popup) => popup.title)).toContain('Critical: second');
    expect(desk.sounds).toEqual(['critical', 'critical']);
  });

  it('lists recoveries for which a burst leaves no popup', async () => {
    const desk = await openDesk({ notifyOnOk: true });
    await desk.see(...warnings(500));
    const ends = Array.from({ length: 10 }, (_, n) => transition(`warning-${n}`, 'OK', START + 1));
    await desk.see(...ends);
    expect(desk.presenter.shown).toHaveLength(4);
    const listed = desk.service.inbox().filter((item) => item.title.startsWith('Recovered'));
    expect(listed).toHaveLength(10);
    expect(new Set(listed.map((item) => item.delivery))).toEqual(new Set(['in-app']));
  });

  it('shows at most 3 popups for an alarm that flaps 20 times in 10 minutes', async () => {
    for (const severity of ['critical', 'warning'] as const) {
      const desk = await openDesk({ notifyOnOk: true });
      for (let n = 0; n < 20; n += 1) {
        const now = desk.clock.now();
        await desk.see(transition('flappy', 'ALARM', now, { severity }));
        await desk.pass(15_000);
        await desk.see(transition('flappy', 'OK', now + 15_000, { severity }));
        await desk.pass(15_000);
      }
      expect(desk.presenter.shown.length).toBeLessThanOrEqual(3);
      const [incident, ...others] = desk.service.forAlarm('c|flappy');
      expect(others).toEqual([]);
      expect(incident?.alarmCount).toBe(20);
      const changes = incident?.timeline.filter((line) => line.state === 'ALARM');
      expect(changes).toHaveLength(20);
      expect(desk.service.flaps('c|flappy')).toBe(20);
    }
  });

  it('repeats a critical alarm every 2 minutes, with sound, until it is acknowledged', async () => {
    const desk = await openDesk();
    await desk.see(transition('db', 'ALARM', START, { severity: 'critical' }));
    expect(desk.sounds).toEqual(['critical']);
    await desk.pass(6 * MINUTE);
    expect(desk.presenter.shown).toHaveLength(4);
    expect(desk.presenter.shown.at(-1)?.title).toBe('Still critical: db');
    expect(desk.service.inbox()).toHaveLength(1);
    await desk.service.acknowledge({ alarmKeys: ['c|db'], note: null, expiresInMs: null });
    await desk.pass(60 * MINUTE);
    expect(desk.presenter.shown).toHaveLength(4);
    expect(desk.presenter.closed).toContain(desk.presenter.shown.at(-1)?.id);
  });

  it.each([1_000, 3_600_000, 3 * 86_400_000])(
    'tells what fell due in a sleep of %i ms once (R5)',
    async (sleptMs) => {
      const desk = await openDesk();
      const alarms = Array.from({ length: 40 }, (_, n) =>
        transition(`a${n}`, 'ALARM', START, { severity: 'critical' }),
      );
      await desk.see(...alarms);
      await desk.pass(30_000);
      const before = desk.presenter.shown.length;
      desk.clock.sleep(sleptMs);
      desk.service.wake();
      await desk.service.settled();
      const told = desk.presenter.shown.length - before;
      expect(told).toBe(sleptMs > 2 * MINUTE ? 1 : 0);
    },
  );

  it('reports flaps missed in a sleep together', async () => {
    const desk = await openDesk();
    desk.clock.sleep(8 * 3_600_000);
    const missed = Array.from({ length: 30 }, (_, n) => [
      transition(`a${n}`, 'ALARM', START + n * MINUTE, { source: 'history' }),
      transition(`a${n}`, 'OK', START + (n + 1) * MINUTE, { source: 'history' }),
    ]).flat();
    await desk.see(...missed);
    expect(desk.presenter.shown.map((popup) => popup.title)).toEqual([
      '30 alarms fired and recovered',
    ]);
    expect(desk.service.inbox()).toHaveLength(30);
  });

  it('falls back to the inbox, with the reason and the sound, when popups fail', async () => {
    const desk = await openDesk();
    desk.presenter.failWith = 'The notification daemon does not answer';
    desk.presenter.problem = 'hung';
    const alarms = ['a', 'b', 'c'].map((name) =>
      transition(name, 'ALARM', START, { severity: 'critical' }),
    );
    await desk.see(...alarms);
    expect(desk.presenter.attempts).toBe(1);
    expect(desk.sounds).toEqual(['critical']);
    expect(desk.service.inbox().map((item) => [item.delivery, item.deliveryNote])).toEqual(
      Array(3).fill(['failed', 'The notification daemon does not answer']),
    );
  });

  it('does what the buttons of a popup say', async () => {
    const desk = await openDesk();
    await desk.see(transition('a', 'ALARM', START), transition('b', 'ALARM', START));
    const [first, second] = desk.presenter.shown;
    desk.presenter.press(first?.id ?? '', 'open');
    expect(desk.navigated).toEqual([{ view: 'alarms', alarmKey: 'c|a' }]);
    desk.presenter.press(first?.id ?? '', 'acknowledge');
    desk.presenter.press(second?.id ?? '', 'snooze');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(desk.service.open('c|a')?.acknowledgement?.by).toBe('maria');
    expect(desk.service.open('c|b')?.snooze?.until).toBe(START + 15 * MINUTE);
    await desk.pass(16 * MINUTE);
    expect(desk.presenter.shown.at(-1)?.title).toBe('Still warning: b');
    expect(desk.service.open('c|b')?.state).toBe('triggered');
  });

  it('tells after a restart what was not told, and nothing twice', async () => {
    const desk = await openDesk();
    await desk.see(transition('told', 'ALARM', START));
    const untold = transition('untold', 'ALARM', START);
    await desk.journal.append([{ type: 'transition', transition: untold }]);
    const after = await openDesk({}, desk);
    expect(after.presenter.shown.map((popup) => popup.title)).toEqual(['Warning: untold']);
    // Seen "for the first time" again by the alarm service, dated a little differently.
    const again = { source: 'poll' as const, observed: false };
    await after.see(transition('told', 'ALARM', START + 900, again));
    expect(after.presenter.shown).toHaveLength(1);
  });

  it('tells alarms though the disk is full, and writes them when it is not (R9)', async () => {
    const desk = await openDesk();
    desk.journal.failWith = new Error('ENOSPC');
    await desk.see(transition('a', 'ALARM', START));
    expect(desk.presenter.shown).toHaveLength(1);
    const refused = await desk.service.acknowledge({
      alarmKeys: ['c|a'],
      note: null,
      expiresInMs: null,
    });
    expect(refused.ok).toBe(false);
    expect(desk.service.open('c|a')?.state).toBe('triggered');
    desk.journal.failWith = null;
    await desk.see(transition('b', 'ALARM', START));
    const after = await openDesk({}, desk);
    expect(after.presenter.shown).toEqual([]);
    expect(after.service.openIncidents().map((one) => one.alarmName)).toEqual(['a', 'b']);
  });
});
