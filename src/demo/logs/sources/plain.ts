import type { MetricSource } from '../../metrics/metric-source';
import { hashText, mix } from '../../random';
import { codePages, garble } from '../garble';
import { minutePrefix, pick, withSeconds } from '../fast-text';
import type { LogEvent } from '../event';
import { Probe } from '../probe';
import { Batch, DailyStreams, type LogSource, type StreamInfo, taskStream } from '../source';

/** The database's own log: text as PostgreSQL writes it, busier the fewer connections are left. */
export class PostgresSource implements LogSource {
  readonly bytesPerDay = 4_200_000;
  private readonly connections: Probe;
  private readonly cpu: Probe;

  constructor(
    metrics: MetricSource,
    private readonly seed: number,
  ) {
    const db = { DBInstanceIdentifier: 'crm-production' };
    this.connections = new Probe(metrics, 'AWS/RDS', 'DatabaseConnections', db);
    this.cpu = new Probe(metrics, 'AWS/RDS', 'CPUUtilization', db);
  }

  streams(from: number, to: number): StreamInfo[] {
    return [{ name: 'crm-production.0', from, to }];
  }

  minute(minute: number, now: number): LogEvent[] {
    const batch = new Batch(minute);
    const prefix = minutePrefix(minute);
    const hash = mix(this.seed ^ Math.imul(minute / 60_000, 2654435761));
    const refused = Math.max(
      0,
      Math.round(((this.connections.average(minute, now) ?? 0) - 90) / 3),
    );
    const slow = Math.max(1, Math.round(((this.cpu.average(minute, now) ?? 0) - 40) / 6));
    const add = (index: number, salt: number, level: string, text: (hash: number) => string) => {
      const own = mix(hash ^ Math.imul(index + 1, salt));
      const offset = own % 59_900;
      const time = withSeconds(prefix, offset).replace('T', ' ').replace('Z', ' UTC');
      batch.add(
        offset,
        'crm-production.0',
        (salt & 7) * 1000 + index,
        `${time}:10.0.${11 + (own % 3)}.${own % 250}(${40_000 + (own % 9_000)}):crm@crm:[${20_000 + (own % 4_000)}]:${level}:  ${text(own)}`,
      );
    };
    for (let index = 0; index < slow; index += 1) {
      add(
        index,
        0x9e3779b1,
        'LOG',
        (own) =>
          `duration: ${1000 + (own % 4000)}.${own % 1000} ms  statement: SELECT c.* FROM contacts c LEFT JOIN leads l ON l.contact_id = c.id WHERE c.owner_id = ${own % 900}`,
      );
    }
    for (let index = 0; index < refused; index += 1) {
      add(
        index,
        0x7feb352d,
        'FATAL',
        () => 'remaining connection slots are reserved for roles with the SUPERUSER attribute',
      );
    }
    return batch.sorted();
  }
}

const RED = '\u001b[31m';
const YELLOW = '\u001b[33m';
const GREEN = '\u001b[32m';
const OFF = '\u001b[0m';
const NAMES = ['Nguyễn', 'Trần', 'Phạm Thị', 'Đặng'].flatMap((text) => [
  text,
  ...codePages.map((page) => garble(text, page)),
]);

/** An old importer that writes colours, tables and now and then something that is no text at all. */
export class ImporterSource implements LogSource {
  readonly bytesPerDay = 1_900_000;
  private readonly streamNames: DailyStreams;
  private readonly seed: number;

  constructor(seed: number) {
    this.seed = hashText('importer', seed);
    this.streamNames = new DailyStreams(taskStream('ecs/scheduler', this.seed), 1);
  }

  streams(from: number, to: number): StreamInfo[] {
    return this.streamNames.between(from, to);
  }

  minute(minute: number): LogEvent[] {
    const batch = new Batch(minute);
    const stream = this.streamNames.at(minute)[0] ?? '';
    const hash = mix(this.seed ^ Math.imul(minute / 60_000, 2654435761));
    for (let index = 0; index < 12; index += 1) {
      const own = mix(hash + index);
      batch.add(index * 5000 + (own % 4000), stream, index, importerLine(own));
    }
    return batch.sorted();
  }
}

function importerLine(hash: number): string {
  const row = 1 + (hash % 20_000);
  if (hash % 199 === 0)
    return `frame \u0000\u0001\u0007\ufffd\ufffd\u001b]0;import\u0007 of ${row} bytes`;
  if (hash % 97 === 0)
    return `${RED}ERROR${OFF} row ${row}: Traceback (most recent call last):\n  File "import.py", line 88, in load\n    stage = STAGES[row["stage"]]\nKeyError: 'stage'`;
  if (hash % 13 === 0)
    return `${YELLOW}WARN${OFF}  row ${row}: surname "${pick(NAMES, hash >>> 4)}" has letters outside Latin-1`;
  return `${GREEN}INFO${OFF}  row ${row} imported in ${hash % 40} ms`;
}
