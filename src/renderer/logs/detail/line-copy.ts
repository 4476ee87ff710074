/** One line as it is taken elsewhere: text, JSON, a record, a command, a link. */
import type { LineAnswer } from '../../../shared/logs/engine-protocol';
import { exportLine } from '../../../shared/logs/export-text';
import { prettyJson } from '../../../shared/logs/line-detail';
import { lineTree } from './json-tree';

type Place = Pick<LineAnswer, 'timestamp' | 'source'>;

/** Null where the line is no JSON. */
export function prettyOf(text: string): string | null {
  return lineTree(text) === null ? null : prettyJson(text.slice(text.search(/[[{]/)));
}

/** The line as a record of an NDJSON file, with where it came from. */
export const recordOf = ({ timestamp, ingestion, source, text }: LineAnswer): string =>
  exportLine('ndjson', [], { timestamp, ingestion, ...source, message: text }).trimEnd();

/** One word for a POSIX shell, whatever it holds. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A command of the AWS CLI that fetches the line again with the lines of the same millisecond. */
export function commandOf({ timestamp, source }: Place): string {
  const at = Math.floor(timestamp);
  const words = [
    ['aws', 'logs', 'get-log-events'],
    // With = a name that begins with a dash is not taken for an option.
    [`--region=${shellWord(source.region)}`],
    [`--log-group-name=${shellWord(source.group)}`],
    [`--log-stream-name=${shellWord(source.stream)}`],
    [`--start-time=${at}`, `--end-time=${at + 1}`],
    ['--start-from-head'],
  ];
  return words.map((part) => part.join(' ')).join(' ');
}

const MINUTE_MS = 60_000;

/** The host of the AWS console for a region's partition. */
function hostOf(region: string): string {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return `${region}.console.amazonaws-us-gov.com`;
  return `${region}.console.aws.amazon.com`;
}

/** Encoded twice with $ for %, as the console's router wants the parts of its fragment. */
const routed = (text: string): string =>
  encodeURIComponent(
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  ).replaceAll('%', '$');

/** A link to the line's stream in the AWS console, from a minute before to a minute after. */
export function consoleLinkOf({ timestamp, source }: Place): string {
  const region = encodeURIComponent(source.region);
  const at = Math.floor(timestamp);
  const query = `$3Fstart$3D${at - MINUTE_MS}$26end$3D${at + MINUTE_MS}`;
  return (
    `https://${hostOf(region)}/cloudwatch/home?region=${region}` +
    `#logsV2:log-groups/log-group/${routed(source.group)}/log-events/${routed(source.stream)}${query}`
  );
}
