import { z } from 'zod';
import { settingsSchema } from '../../shared/settings/settings';
import type { Settings } from '../../shared/settings/settings';

/** Raised with every change of the shape, together with a step in `migrations`. */
export const SETTINGS_VERSION = 1;

const fileSchema = z.object({
  version: z.number().int().positive(),
  settings: z.record(z.string(), z.unknown()),
});

/** `migrations[n]` makes version n + 1 of version n. */
const migrations: Record<number, (settings: Record<string, unknown>) => Record<string, unknown>> =
  {};

export interface SettingsFileContent {
  /** Always usable: the file's, with defaults where a field is absent or bad. */
  settings: Settings;
  /** False when the file is no settings file at all. */
  readable: boolean;
  /** What is wrong, as a sentence naming the field; null when nothing is. */
  problem: string | null;
}

/** Reads the text of a settings file; null text is a new installation. */
export function readSettingsFile(text: string | null, defaults: Settings): SettingsFileContent {
  if (text === null) return { settings: defaults, readable: true, problem: null };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return unreadable(defaults, `The settings file is not valid JSON: ${reason}.`);
  }
  const file = fileSchema.safeParse(json);
  if (!file.success) return unreadable(defaults, 'The settings file does not hold settings.');
  const { version } = file.data;
  if (version > SETTINGS_VERSION) {
    const found = `The settings file is of version ${version}, newer than this Nightdesk.`;
    return { ...salvage(file.data.settings, defaults), problem: found };
  }
  return salvage(migrate(file.data.settings, version), defaults);
}

const unreadable = (defaults: Settings, problem: string): SettingsFileContent => ({
  settings: defaults,
  readable: false,
  problem,
});

function migrate(settings: Record<string, unknown>, version: number): Record<string, unknown> {
  let migrated = settings;
  for (let from = version; from < SETTINGS_VERSION; from += 1) {
    migrated = migrations[from]?.(migrated) ?? migrated;
  }
  return migrated;
}

/** Takes field by field what is valid; a field that is absent (older file) quietly gets its default. */
function salvage(found: Record<string, unknown>, defaults: Settings): SettingsFileContent {
  const whole = settingsSchema.safeParse({ ...defaults, ...found });
  if (whole.success) return { settings: whole.data, readable: true, problem: null };
  const bad = new Set(whole.error.issues.map((issue) => String(issue.path[0] ?? '')));
  for (const issue of whole.error.issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) bad.add(key);
  }
  const good = Object.fromEntries(Object.entries(found).filter(([key]) => !bad.has(key)));
  const rest = settingsSchema.safeParse({ ...defaults, ...good });
  const [first] = whole.error.issues;
  const field = first?.path.map(String).join('.') ?? '';
  const what = field === '' ? (first?.message ?? '') : `"${field}" – ${first?.message ?? ''}`;
  return {
    settings: rest.success ? rest.data : defaults,
    readable: true,
    problem: `The settings file is not valid: ${what}.`,
  };
}
