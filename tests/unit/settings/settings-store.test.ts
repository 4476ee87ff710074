import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NoEncryptionError, SecretStore } from '../../../src/main/store/secrets';
import type { Encryption } from '../../../src/main/store/secrets';
import { InvalidSettingsError, openSettingsStore } from '../../../src/main/store/settings-store';
import type { OpenSettingsStore } from '../../../src/main/store/settings-store';
import { defaultSettings } from '../../../src/shared/settings/defaults';
import { settingsSchema } from '../../../src/shared/settings/settings';

let dir: string;
const defaults = defaultSettings('maria', []);
const path = (): string => join(dir, 'settings.json');

/** What group and others may do with a file; Windows has no such bits. */
const othersMay = (file: string): number =>
  process.platform === 'win32' ? 0 : statSync(file).mode & 0o077;

/** electron-store is conf plus Electron's folder; conf is what runs without Electron. */
const openStore = (): OpenSettingsStore =>
  openSettingsStore({
    dir,
    defaults,
    now: () => 1_000,
    createBackend: ({ name, ...options }) => new Conf({ ...options, configName: name }),
  });

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'nightdesk-settings-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('settings', () => {
  it('have valid defaults, whatever the user is called', () => {
    for (const name of ['maria', '', '   ', 'x'.repeat(200)]) {
      expect(settingsSchema.safeParse(defaultSettings(name, [])).success).toBe(true);
    }
  });

  it('survive a restart, and tell who listens', () => {
    const store = openStore();
    const heard: string[] = [];
    store.onChange((now, before) => heard.push(`${before.theme} → ${now.theme}`));
    store.update((settings) => ({ ...settings, theme: 'light' }));
    expect(heard).toEqual(['system → light']);
    expect(openStore().get()).toEqual({ ...defaults, theme: 'light' });
    expect(openStore().problem).toBeNull();
    expect(othersMay(path())).toBe(0);
  });

  it('refuse a bad value by its field, and change nothing', () => {
    const store = openStore();
    const before = readFileSync(path(), 'utf8');
    expect(() => store.update((settings) => ({ ...settings, pollIntervalMs: 5 }))).toThrow(
      InvalidSettingsError,
    );
    expect(() => store.update((settings) => ({ ...settings, pollIntervalMs: 5 }))).toThrow(
      'pollIntervalMs',
    );
    expect(store.get()).toEqual(defaults);
    expect(readFileSync(path(), 'utf8')).toBe(before);
  });

  it('fall back to the last good ones when the file is malformed, and keep it aside', () => {
    openStore().update((settings) => ({ ...settings, theme: 'dark' }));
    writeFileSync(path(), '{"version":1,"settings":{"theme"');
    const store = openStore();
    expect(store.get().theme).toBe('dark');
    expect(store.problem).toContain('not valid JSON');
    const aside = readdirSync(dir).find((name) => name.startsWith('settings.invalid-'));
    expect(readFileSync(join(dir, aside ?? ''), 'utf8')).toContain('"theme"');
    expect(openStore().problem).toBeNull();
    expect(openStore().get().theme).toBe('dark');
  });

  it('keep the good fields of a file with a bad one, and name the bad one', () => {
    const settings = { ...defaults, theme: 'dark', pollIntervalMs: 'soon', surprise: 1 };
    writeFileSync(path(), JSON.stringify({ version: 1, settings }));
    const store = openStore();
    expect(store.problem).toContain('pollIntervalMs');
    expect(store.get()).toEqual({ ...defaults, theme: 'dark' });
  });

  it('give an absent field its default without a word', () => {
    writeFileSync(path(), JSON.stringify({ version: 1, settings: { theme: 'light' } }));
    const store = openStore();
    expect(store.problem).toBeNull();
    expect(store.get()).toEqual({ ...defaults, theme: 'light' });
  });

  it('say when the file is of a newer version, and keep it aside', () => {
    writeFileSync(path(), JSON.stringify({ version: 99, settings: defaults }));
    expect(openStore().problem).toContain('version 99');
    expect(readdirSync(dir).some((name) => name.startsWith('settings.invalid-'))).toBe(true);
  });
});

describe('secrets (S9)', () => {
  /** Stands for the key store: what it gives is not the text. */
  const keyring = (backend: string, available = true): Encryption => ({
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => Buffer.from([...text].reverse().join('')),
    decryptString: (bytes) => [...bytes.toString()].reverse().join(''),
  });

  it('come back, and lie encrypted in a file only the user can read', () => {
    const store = new SecretStore(dir, keyring('gnome_libsecret'));
    store.set('webhook', 'canary-secret');
    expect(new SecretStore(dir, keyring('gnome_libsecret')).get('webhook')).toBe('canary-secret');
    const file = join(dir, 'secrets.json');
    expect(readFileSync(file, 'utf8')).not.toContain('canary');
    expect(othersMay(file)).toBe(0);
    store.remove('webhook');
    expect(store.get('webhook')).toBeNull();
  });

  it.each([
    ['basic_text', true],
    ['unknown', true],
    ['gnome_libsecret', false],
  ])('are refused on the backend %s (available: %s)', (backend, available) => {
    const store = new SecretStore(dir, keyring(backend, available));
    expect(store.problem).not.toBeNull();
    expect(() => store.set('webhook', 'canary-secret')).toThrow(NoEncryptionError);
    expect(readdirSync(dir)).toEqual([]);
  });
});
