import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Those of the named programs that are not on the path: the reason a test gives for skipping. */
export function missingPrograms(names: string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.filter((name) => !folders.some((folder) => isExecutable(join(folder, name))));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
