import { describe, expect, it } from 'vitest';
import { keyTable, resolveKey, showKey } from '../../../src/renderer/keys';
import type { KeyContext, KeyPress } from '../../../src/renderer/keys';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});
const list: KeyContext = { typing: false, onControl: false, view: 'alarms' };
const commandOf = (given: KeyPress, context: KeyContext = list, pending: string | null = null) => {
  const outcome = resolveKey(given, pending, context);
  return outcome.kind === 'command' ? outcome.command : outcome.kind;
};

describe('keys', () => {
  it('act in the list', () => {
    expect(commandOf(press('j'))).toBe('move-down');
    expect(commandOf(press('ArrowUp'))).toBe('move-up');
    expect(commandOf(press('a'))).toBe('acknowledge');
    expect(commandOf(press('?', { shiftKey: true }))).toBe('help');
    expect(commandOf(press('ArrowDown', { shiftKey: true }))).toBe('extend-down');
  });

  it('type in a field, except the palette and Escape', () => {
    const typing: KeyContext = { ...list, typing: true };
    expect(commandOf(press('a'), typing)).toBe('none');
    expect(commandOf(press('ArrowDown'), typing)).toBe('none');
    expect(commandOf(press('k', { ctrlKey: true }), typing)).toBe('palette');
    expect(commandOf(press('k', { metaKey: true }), typing)).toBe('palette');
    expect(commandOf(press('Escape'), typing)).toBe('back');
  });

  it('leave a button its own Enter and arrows', () => {
    const onControl: KeyContext = { ...list, onControl: true };
    expect(commandOf(press('Enter'), onControl)).toBe('none');
    expect(commandOf(press('ArrowDown'), onControl)).toBe('none');
    expect(commandOf(press('a'), onControl)).toBe('acknowledge');
  });

  it('do not acknowledge from the settings', () => {
    const settings: KeyContext = { ...list, view: 'settings' };
    expect(commandOf(press('a'), settings)).toBe('none');
    expect(commandOf(press('/'), settings)).toBe('filter');
  });

  it('follow a sequence, and its second key never acts alone', () => {
    expect(commandOf(press('g'))).toBe('pending');
    expect(commandOf(press('a'), list, 'g')).toBe('go-alarms');
    expect(commandOf(press('s'), list, 'g')).toBe('go-settings');
    expect(commandOf(press('u'), list, 'g')).toBe('none');
  });

  it("keep off the system's own: Alt, Ctrl+A in a field, Ctrl+R", () => {
    expect(commandOf(press('a', { altKey: true }))).toBe('none');
    expect(commandOf(press('a', { ctrlKey: true }), { ...list, typing: true })).toBe('none');
    expect(commandOf(press('r', { ctrlKey: true }))).toBe('none');
  });

  it.each(['alarms', 'dashboards', 'metrics', 'settings'] as const)(
    'are each bound once in %s, and no key is the start of a sequence and a command',
    (view) => {
      const usable = keyTable.filter(({ views }) => views === null || views.includes(view));
      const all = usable.flatMap(({ keys }) => keys);
      expect(new Set(all).size).toBe(all.length);
      const firsts = all.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0]);
      expect(all.filter((key) => firsts.includes(key))).toEqual([]);
    },
  );

  it('move between widgets on a dashboard, and between alarms in the list', () => {
    const dashboards: KeyContext = { ...list, view: 'dashboards' };
    expect(commandOf(press('j'), dashboards)).toBe('widget-next');
    expect(commandOf(press('Enter'), dashboards)).toBe('widget-full');
    expect(commandOf(press('a'), dashboards)).toBe('none');
    expect(commandOf(press('['), { ...list, view: 'metrics' })).toBe('range-earlier');
    expect(commandOf(press('['), list)).toBe('none');
  });

  it('are written for people', () => {
    expect(showKey('Mod+k', false)).toBe('Ctrl K');
    expect(showKey('Mod+k', true)).toBe('⌘ K');
    expect(showKey('g a', false)).toBe('g then a');
    expect(showKey('Shift+ArrowDown', false)).toBe('Shift ↓');
  });
});
