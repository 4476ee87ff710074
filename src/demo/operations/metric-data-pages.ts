import { startOf } from '../metrics/grid';
import type { MetricQuery } from '../model';
import type { NamedLine } from './metric-data-lines';

interface Result extends Record<string, unknown> {
  Id: string;
  Label: string;
  /** Seconds. */
  Timestamps: number[];
  Values: number[];
  StatusCode: 'Complete' | 'PartialData' | 'Forbidden';
  Messages: { Code: string; Value: string }[] | undefined;
}

export interface DataPage {
  results: Result[];
  /** Where the next page begins; null when this was the last. */
  next: string | null;
}

interface Position {
  query: number;
  line: number;
  point: number;
}

export interface LineOptions {
  ascending: boolean;
  messages: Result['Messages'];
  forbidden: boolean;
}

/** Cuts the lines of an answer into pages of so many datapoints; a line that does not end is partial and goes on. */
export class MetricDataPages {
  private readonly from: Position;
  private readonly results: Result[] = [];
  private left: number;
  private stop: Position | null = null;

  constructor(limit: number, token: string | null) {
    this.left = limit;
    const [query = 0, line = 0, point = 0] = (token ?? '').split('/').map(Number);
    this.from = { query, line, point };
  }

  /** Whether a query was answered by earlier pages. */
  before(query: number): boolean {
    return query < this.from.query;
  }

  full(): boolean {
    return this.left <= 0;
  }

  stopBefore(query: number): void {
    this.stop ??= { query, line: 0, point: 0 };
  }

  add(index: number, query: MetricQuery, lines: readonly NamedLine[], options: LineOptions): void {
    if (options.forbidden) {
      this.results.push(forbidden(query));
      return;
    }
    lines.forEach((line, at) => {
      const resumed = index === this.from.query && at === this.from.line ? this.from.point : 0;
      if (this.stop !== null || (index === this.from.query && at < this.from.line)) return;
      if (this.full()) {
        this.stop = { query: index, line: at, point: 0 };
        return;
      }
      this.addLine(index, at, resumed, query, line, options);
    });
  }

  page(): DataPage {
    const { stop } = this;
    return {
      results: this.results,
      next: stop === null ? null : `${stop.query}/${stop.line}/${stop.point}`,
    };
  }

  private addLine(
    index: number,
    at: number,
    resumed: number,
    query: MetricQuery,
    { label, series }: NamedLine,
    options: LineOptions,
  ): void {
    const { on, values } = series;
    const times: number[] = [];
    const points: number[] = [];
    let seen = 0;
    let goesOn = false;
    for (let step = 0; step < on.length; step += 1) {
      const place = options.ascending ? step : on.length - 1 - step;
      const value = values[place] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      seen += 1;
      if (seen <= resumed) continue;
      if (points.length >= this.left) {
        goesOn = true;
        break;
      }
      times.push(startOf(on, place) / 1000);
      points.push(value);
    }
    this.left -= points.length;
    if (goesOn) this.stop = { query: index, line: at, point: resumed + points.length };
    this.results.push({
      Id: query.Id,
      Label: label,
      Timestamps: times,
      Values: points,
      StatusCode: goesOn ? 'PartialData' : 'Complete',
      Messages: options.messages,
    });
  }
}

const forbidden = (query: MetricQuery): Result => ({
  Id: query.Id,
  Label: query.Label ?? query.MetricStat?.Metric.MetricName ?? query.Id,
  Timestamps: [],
  Values: [],
  StatusCode: 'Forbidden',
  Messages: [
    {
      Code: 'Forbidden',
      Value: 'Access denied: this account and the account of the metric are not linked',
    },
  ],
});
