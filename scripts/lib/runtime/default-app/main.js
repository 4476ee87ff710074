/**
 * What `electron <folder>` does: loads the application named on the command line. A module with a
 * top-level await, because Electron holds `ready` back until its entry has been evaluated.
 */
import { app } from 'electron';
import { createRequire } from 'node:module';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const args = process.argv.slice(1);
/** Modules asked for with -r, as Electron's own default application loads them. */
const preloads = [];
let named = null;
for (let i = 0; i < args.length && named === null; i += 1) {
  if (args[i] === '-r' || args[i] === '--require') preloads.push(args[(i += 1)]);
  else if (!args[i].startsWith('-')) named = args[i];
}
if (named === null) {
  console.error('Name the folder of an application.');
  process.exit(2);
}

const path = resolve(named);
const isFolder = statSync(path).isDirectory();
const folder = isFolder ? path : dirname(path);
const manifest = isFolder ? JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) : {};
const name = manifest.productName ?? manifest.name;
if (name) app.setName(name);
if (manifest.version) app.setVersion(manifest.version);
if (manifest.desktopName) app.setDesktopName(manifest.desktopName);
app.setPath('userData', join(app.getPath('appData'), app.name));
app.setPath('userCache', join(app.getPath('cache'), app.name));
app.setAppPath(folder);
process.defaultApp = true;

const require = createRequire(import.meta.url);
for (const module of preloads) require(resolve(module));
await import(pathToFileURL(isFolder ? join(folder, manifest.main ?? 'index.js') : path).href);
