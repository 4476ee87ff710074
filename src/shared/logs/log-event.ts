import { z } from 'zod';

/** Where events come from; one entry a stream, told once a batch and not once an event. */
export const logSourceSchema = z.object({
  connectionId: z.string().max(2048),
  region: z.string().max(64),
  /** Name of the log group (or the index, where the source is not CloudWatch). */
  group: z.string().max(2048),
  stream: z.string().max(2048),
});
export type LogSource = z.infer<typeof logSourceSchema>;

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One event on its way into the engine. */
export interface LogEventInput {
  /** When it happened, ms UTC. */
  timestamp: number;
  /** When the service took it in, ms UTC. */
  ingestion: number;
  /** Index into the batch's sources. */
  source: number;
  /** The service's id; events of one id are the same event. Empty: never taken for a duplicate. */
  id: string;
  message: string;
}

/** Keys under which services write their level. */
export const levelPaths = ['level', 'severity', 'lvl', 'log.level', 'levelname'] as const;

const levelNames: ReadonlyMap<string, LogLevel> = new Map([
  ...logLevels.map((level): [string, LogLevel] => [level, level]),
  ['verbose', 'trace'],
  ['information', 'info'],
  ['notice', 'info'],
  ['warning', 'warn'],
  ['err', 'error'],
  ['severe', 'error'],
  ['critical', 'fatal'],
  ['crit', 'fatal'],
  ['alert', 'fatal'],
  ['emerg', 'fatal'],
  ['emergency', 'fatal'],
  ['panic', 'fatal'],
]);

/** pino and bunyan write 10 (trace) to 60 (fatal). */
export function levelOf(value: unknown): LogLevel | null {
  if (typeof value === 'string') return levelNames.get(value.toLowerCase()) ?? null;
  if (typeof value !== 'number' || value < 10 || value > 60 || value % 10 !== 0) return null;
  return logLevels[value / 10 - 1] ?? null;
}

const spelled =
  /\b(TRACE|VERBOSE|DEBUG|INFO(?:RMATION)?|NOTICE|WARN(?:ING)?|ERR(?:OR)?|SEVERE|CRIT(?:ICAL)?|FATAL|PANIC|EMERG)\b|\b(?:level|severity)["']?\s*[=:]\s*["']?([A-Za-z]{3,11})/;

/** The level that a line of plain text names near its beginning; capitals, or `level=…`. */
export function levelOfText(text: string): LogLevel | null {
  const match = spelled.exec(text.length > 256 ? text.slice(0, 256) : text);
  return match ? levelOf(match[1] ?? match[2]) : null;
}
