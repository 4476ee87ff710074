import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from './process-lock';

/** The part of Electron's safeStorage that is used. */
export interface Encryption {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
  /** Linux only. `basic_text` encrypts with a password that everybody knows. */
  getSelectedStorageBackend?(): string;
}

/** Secrets cannot be kept safely on this computer. */
export class NoEncryptionError extends Error {
  override name = 'NoEncryptionError';
}

const fileSchema = z.record(z.string(), z.base64());

/** Secrets by name, encrypted by the operating system's key store, in `<dir>/secrets.json`. */
export class SecretStore {
  private readonly path: string;

  constructor(
    private readonly dir: string,
    private readonly encryption: Encryption,
  ) {
    this.path = join(dir, 'secrets.json');
  }

  /** Null when secrets can be kept; else why not. */
  get problem(): string | null {
    const backend = this.encryption.getSelectedStorageBackend?.();
    const safe =
      this.encryption.isEncryptionAvailable() && backend !== 'basic_text' && backend !== 'unknown';
    return safe
      ? null
      : 'This computer has no key store (such as GNOME Keyring or KWallet), so secrets are not kept.';
  }

  /** @throws NoEncryptionError where they would lie readable on disk. */
  set(name: string, secret: string): void {
    if (this.problem !== null) throw new NoEncryptionError(this.problem);
    const encrypted = this.encryption.encryptString(secret).toString('base64');
    this.write({ ...this.readAll(), [name]: encrypted });
  }

  /** Null when there is none by this name. */
  get(name: string): string | null {
    const encrypted = this.readAll()[name];
    if (encrypted === undefined) return null;
    if (this.problem !== null) throw new NoEncryptionError(this.problem);
    return this.encryption.decryptString(Buffer.from(encrypted, 'base64'));
  }

  names(): string[] {
    return Object.keys(this.readAll());
  }

  remove(name: string): void {
    const { [name]: removed, ...rest } = this.readAll();
    if (removed !== undefined) this.write(rest);
  }

  private readAll(): Record<string, string> {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return {};
      throw error;
    }
    return fileSchema.parse(JSON.parse(text));
  }

  private write(secrets: Record<string, string>): void {
    mkdirSync(this.dir, { recursive: true, mode: 0o700 });
    const temporary = `${this.path}.new`;
    writeFileSync(temporary, JSON.stringify(secrets), { mode: 0o600 });
    renameSync(temporary, this.path);
  }
}
