import { encodeBatch } from '../../src/shared/logs/frame';
import type { LogSource } from '../../src/shared/logs/log-event';

const levels = ['info', 'info', 'info', 'warn', 'error'];
const words =
  'request completed database timeout user lead created payment gateway queue worker retry'.split(
    ' ',
  );
const services = ['auth', 'crm-core', 'social-media', 'analytics'];
export const START_MS = Date.UTC(2026, 0, 5);

/** The same numbers every time. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** One JSON record of about 140 bytes, a millisecond after the one before. */
export function logLine(i: number, random: () => number): string {
  const word = (): string => words[random() % words.length] ?? '';
  return JSON.stringify({
    '@timestamp': START_MS + i,
    service: services[random() % services.length],
    level: levels[random() % levels.length],
    message: `${word()} ${word()} ${word()}`,
    requestId: `req-${random().toString(16)}`,
    statusCode: 200 + (random() % 300),
  });
}

export const benchSource: LogSource = {
  connectionId: 'bench',
  region: 'us-east-1',
  group: '/ecs/crm-production',
  stream: 'crm-core/1',
};

export interface MadeBatch {
  frame: ReturnType<typeof encodeBatch>;
  lines: string[];
}

/** Batches of 4,000 events: a page of FilterLogEvents holds 1 MB. */
export function* batches(events: number, seed = 7): Generator<MadeBatch> {
  const random = randomNumbers(seed);
  const size = 4_000;
  for (let from = 0; from < events; from += size) {
    const n = Math.min(size, events - from);
    const lines = Array.from({ length: n }, (_, i) => logLine(from + i, random));
    const frame = encodeBatch(
      [benchSource],
      lines.map((message, i) => ({
        timestamp: START_MS + from + i,
        ingestion: START_MS + from + i + 800,
        source: 0,
        id: `3812${String(from + i).padStart(52, '0')}`,
        message,
      })),
    );
    yield { frame, lines };
  }
}
