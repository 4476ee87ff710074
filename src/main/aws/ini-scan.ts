/**
 * Reads one shared config file tolerantly and says which lines it cannot use. The SDK drops such lines
 * silently; people then look for an hour why a profile is missing.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
 */
export type IniKind = 'config' | 'credentials';

export interface IniFile {
  /** Values by section name as written, without the `profile ` prefix; nested settings are left out. */
  profiles: Map<string, Map<string, string>>;
  /** 1-based lines that are not understood. */
  problems: { line: number; message: string }[];
}

const otherSections = new Set(['sso-session', 'services', 'plugins', 'preview']);

export function scanIni(text: string, kind: IniKind): IniFile {
  const file: IniFile = { profiles: new Map(), problems: [] };
  /** Null: before the first section, or in one that is no profile. */
  let current: Map<string, string> | null = null;
  let inSection = false;
  let parentTakesNested = false;
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((raw, index) => {
      const problem = (message: string): void => {
        file.problems.push({ line: index + 1, message });
      };
      const trimmed = raw.split(/(?:^|\s)[;#]/)[0]?.trim() ?? '';
      if (trimmed === '') return;
      if (trimmed.startsWith('[')) {
        const section = readSection(trimmed, kind);
        inSection = true;
        parentTakesNested = false;
        current = section.profile === null ? null : profileNamed(file, section.profile);
        if (section.problem !== null) problem(section.problem);
        return;
      }
      const nested = /^\s/.test(raw) && parentTakesNested;
      const equals = trimmed.indexOf('=');
      if (equals <= 0) {
        if (!nested) problem('Expected "name = value"; this line is ignored.');
        return;
      }
      if (!inSection) {
        problem('A setting before the first [section] is ignored.');
        return;
      }
      if (nested) return;
      const name = trimmed.slice(0, equals).trim().toLowerCase();
      const value = trimmed.slice(equals + 1).trim();
      parentTakesNested = value === '';
      current?.set(name, value);
    });
  return file;
}

function profileNamed(file: IniFile, name: string): Map<string, string> {
  const known = file.profiles.get(name) ?? new Map<string, string>();
  file.profiles.set(name, known);
  return known;
}

interface Section {
  profile: string | null;
  problem: string | null;
}

function readSection(line: string, kind: IniKind): Section {
  if (!line.endsWith(']')) {
    return {
      profile: null,
      problem: 'The section has no closing "]"; everything under it is ignored.',
    };
  }
  const inner = line.slice(1, -1).trim();
  if (inner === '') return { profile: null, problem: 'The section has no name.' };
  if (inner === 'default' || kind === 'credentials') return { profile: inner, problem: null };
  const [, type, name] = /^([\w-]+)\s+["']?(.+?)["']?$/.exec(inner) ?? [];
  if (type === 'profile' && name !== undefined) {
    return /^[\w-@+.%:/]+$/.test(name)
      ? { profile: name, problem: null }
      : {
          profile: null,
          problem: `The SDK cannot read a profile named "${name}": use letters, digits and - _ . @ + % : / only.`,
        };
  }
  if (otherSections.has(type ?? inner)) return { profile: null, problem: null };
  return {
    profile: null,
    problem: `In this file a profile's section is written [profile ${inner}]; [${inner}] is ignored.`,
  };
}
