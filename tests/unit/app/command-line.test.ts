import { describe, expect, it } from 'vitest';
import { Banners } from '../../../src/main/app/banners';
import { parseCommandLine } from '../../../src/main/app/command-line';

describe('command line', () => {
  it('reads its own options and leaves the others alone', () => {
    expect(
      parseCommandLine([
        '.',
        '--no-sandbox',
        '--demo',
        '--user-data-dir=/x',
        '--screenshot=a.png',
        '--exit-after=3',
      ]),
    ).toEqual({ demo: true, userDataDir: '/x', screenshotFile: 'a.png', exitAfterSeconds: 3 });
  });
  it.each(['--exit-after=soon', '--exit-after=0', '--screenshot=a.jpg', '--user-data-dir='])(
    'names what is wrong with %s',
    (argument) => {
      expect(() => parseCommandLine([argument])).toThrow(argument.split('=')[0]);
    },
  );
});

describe('banners', () => {
  const banner = {
    level: 'error' as const,
    text: 'blind',
    advice: 'sign in',
    action: null,
    dismissible: true,
  };
  it('stay dismissed while their cause lasts and return when it returns', () => {
    const banners = new Banners(() => undefined);
    banners.set('a', banner);
    banners.dismiss('a');
    expect(banners.list()).toEqual([]);
    banners.set('a', { ...banner, text: 'still blind' });
    expect(banners.list()).toEqual([]);
    banners.set('a', null);
    banners.set('a', banner);
    expect(banners.list()).toHaveLength(1);
  });
  it('cannot be dismissed where they must not be', () => {
    const banners = new Banners(() => undefined);
    banners.set('a', { ...banner, dismissible: false });
    banners.dismiss('a');
    expect(banners.list()).toHaveLength(1);
  });
});
