/** `nightdesk-app://app/`: serves the built renderer, and nothing outside its folder. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export const APP_SCHEME = 'nightdesk-app';
export const APP_HOST = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/**
 * Nothing but our own files. Inline styles are allowed because the component library writes
 * responsive rules into style elements; scripts never are.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
};

/**
 * The path of an address below the root, in segments, or null where it is none of ours.
 * Judged on the raw text: what a parser would quietly repair is refused here.
 */
export function segmentsOf(address: string): string[] | null {
  const prefix = `${APP_ORIGIN}/`;
  if (!address.startsWith(prefix)) return null;
  const path = address.slice(prefix.length).split(/[?#]/, 1)[0] ?? '';
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch (cause) {
    if (cause instanceof URIError) return null;
    throw cause;
  }
  // Encoded once is how a browser writes spaces; a percent that survives is somebody hiding something.
  if (/%|\\|\p{Cc}/u.test(decoded) || /%(?:2f|5c|2e)/i.test(path)) return null;
  const segments = decoded === '' ? ['index.html'] : decoded.split('/');
  const harmless = segments.every(
    (part) => part !== '' && !part.startsWith('.') && !part.includes(':'),
  );
  return harmless ? segments : null;
}

/**
 * The file behind an address: exists below `root`, reached without a symbolic link.
 * @returns null where there is nothing to serve.
 */
export async function resolveAppFile(root: string, address: string): Promise<string | null> {
  const segments = segmentsOf(address);
  if (segments === null || mediaTypes[extname(segments.at(-1) ?? '')] === undefined) return null;
  try {
    const realRoot = await realpath(root);
    const wanted = join(realRoot, ...segments);
    const actual = await realpath(wanted);
    return actual === wanted && actual.startsWith(realRoot + sep) ? actual : null;
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}

/** Answers the protocol's requests from `root` (`out/renderer`). Anything but a file of ours is 404. */
export function createAppProtocolHandler(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return nothing(405);
    const file = await resolveAppFile(root, request.url);
    if (file === null) return nothing(404);
    try {
      return new Response(new Uint8Array(await readFile(file)), {
        status: 200,
        headers: headersFor(file),
      });
    } catch (cause) {
      if (isMissing(cause)) return nothing(404);
      throw cause;
    }
  };
}

const headersFor = (file: string): Record<string, string> => ({
  'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
});

const nothing = (status: number): Response =>
  new Response(null, { status, headers: { 'content-security-policy': CONTENT_SECURITY_POLICY } });

const missingCodes = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES']);

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && missingCodes.has(String(cause.code));
}
