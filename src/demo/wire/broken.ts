import type { ServerResponse } from 'node:http';
import type { Fault } from './faults';

/** Writes (or withholds) an answer no sane service gives; false when the fault is not of that kind. */
export function sendBroken(
  fault: Fault,
  response: ServerResponse,
  headers: Record<string, string>,
): boolean {
  switch (fault.kind) {
    case 'hang':
      return true;
    case 'reset':
      response.destroy();
      return true;
    case 'garbage':
      response.writeHead(200, { ...headers, 'content-type': 'application/x-amz-json-1.0' });
      response.end('{"MetricAlarms":[{"AlarmName":"half an ans\u0000\uffff');
      return true;
    case 'huge': {
      response.writeHead(200, { ...headers, 'content-type': 'application/x-amz-json-1.0' });
      response.write('{"MetricAlarms":[],"CompositeAlarms":[],"Padding":"');
      writePadding(response, fault.bytes ?? 50_000_000);
      return true;
    }
    default:
      return false;
  }
}

function writePadding(response: ServerResponse, bytes: number): void {
  const block = Buffer.alloc(1_000_000, 'x');
  let left = bytes;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      const piece = block.subarray(0, Math.min(left, block.length));
      left -= piece.length;
      if (!response.write(piece)) {
        response.once('drain', more);
        return;
      }
    }
    if (!response.destroyed) response.end('"}');
  };
  more();
}

/** The faults that spoil a good answer: the same token for ever, elements twice or in reverse. */
export function bendOutput(
  output: Record<string, unknown>,
  faults: readonly Fault[],
): Record<string, unknown> {
  let bent = output;
  for (const fault of faults) {
    if (fault.kind === 'repeat-token') {
      // Only Logs begins its members with a small letter.
      const name = 'events' in bent || 'nextToken' in bent ? 'nextToken' : 'NextToken';
      bent = { ...bent, [name]: 'c2FtZS10b2tlbg' };
    }
    if (fault.kind === 'duplicate')
      bent = mapLists(bent, (list) => list.flatMap((item) => [item, item]));
    if (fault.kind === 'reorder') bent = mapLists(bent, (list) => [...list].reverse());
  }
  return bent;
}

const mapLists = (
  output: Record<string, unknown>,
  change: (list: unknown[]) => unknown[],
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(output).map(([name, value]) => [
      name,
      Array.isArray(value) ? change(value) : value,
    ]),
  );
