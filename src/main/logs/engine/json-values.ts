import { jsonIn, valuesAt } from '../../../shared/logs/filter/json-path';
import { encodePath, valueKinds } from './kernel';
import type { Segment } from './segment';
import type { Slice } from './slice';

/**
 * Values at a JSON path in the rows of `within`, without parsing the lines: the kernel walks over the bytes, and only
 * lines it is unsure of are parsed. An object's own content is not handed out.
 * @param visit index within the slice, and the values there (several when an array is on the way).
 */
export function eachValue(
  slice: Slice,
  within: Uint32Array,
  path: string,
  visit: (i: number, values: unknown[]) => void,
): void {
  const encoded = encodePath(path);
  if (encoded === null) return;
  const { segment, from, count } = slice;
  const { kernel, top } = segment;
  for (const found of kernel.extract(top, from, count, within, encoded.bytes, encoded.keys)) {
    for (let at = 0; at < found.length; at += 4) {
      const kind = found[at + 1] ?? 0;
      const start = found[at + 2] ?? 0;
      const end = start + (found[at + 3] ?? 0);
      const values =
        kind === valueKinds.unsure
          ? valuesAt(jsonIn(segment.decode(start, end)), path)
          : [valueOf(segment, kind, start, end)];
      if (values.length > 0) visit(found[at] ?? 0, values);
    }
  }
}

function valueOf(segment: Segment, kind: number, start: number, end: number): unknown {
  switch (kind) {
    case valueKinds.string:
      return stringAt(segment, start, end);
    case valueKinds.number:
      return numberAt(segment, start, end);
    case valueKinds.true:
      return true;
    case valueKinds.false:
      return false;
    case valueKinds.null:
      return null;
    case valueKinds.array:
      return parsed(segment.decode(start, end));
    default:
      return {};
  }
}

function stringAt(segment: Segment, start: number, end: number): unknown {
  const { bytes } = segment.kernel;
  let plain = end - start <= 40;
  for (let at = start; plain && at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    plain = byte !== 0x5c && byte < 0x80;
  }
  // Short ASCII, the usual: no decoder's overhead.
  if (plain) return String.fromCharCode.apply(null, Array.from(bytes.subarray(start, end)));
  const text = segment.decode(start, end);
  return text.includes('\\') ? parsed(`"${text}"`) : text;
}

function numberAt(segment: Segment, start: number, end: number): number | undefined {
  const { bytes } = segment.kernel;
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9 || end - start > 15) {
      const number = Number(segment.decode(start, end));
      return Number.isNaN(number) ? undefined : number;
    }
    value = value * 10 + digit;
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A broken line: it has no value here.
    return undefined;
  }
}
