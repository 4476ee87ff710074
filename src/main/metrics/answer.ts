/** Puts the pages of a GetMetricData answer together. Answers are hostile until read: any field may be anything. */
import type {
  GetMetricDataOutput,
  MessageData,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { SeriesHead } from '../../shared/metrics/query';
import { listOf, timeOf } from '../alarms/from-aws';

/** One series as it was answered: times in ms UTC, in any order, each once. */
export interface AnsweredLine {
  label: string | null;
  points: Map<number, number>;
  status: SeriesHead['status'];
  messages: string[];
}

/** More series than any SEARCH or GROUP BY answers (500) is nothing a chart could show. */
const MAX_LINES = 1_000;

export class AnswerBuilder {
  private readonly byId = new Map<string, Map<string, AnsweredLine>>();
  private readonly said = new Set<string>();
  private lines = 0;

  add(page: GetMetricDataOutput): void {
    for (const result of listOf(page.MetricDataResults)) this.addResult(result);
    for (const text of textsOf(page.Messages)) this.said.add(text);
  }

  /** The walk ended early: nothing of it counts as complete. */
  cut(): void {
    for (const line of this.all()) if (line.status === 'complete') line.status = 'partial';
  }

  linesOf(id: string): AnsweredLine[] {
    return [...(this.byId.get(id)?.values() ?? [])];
  }

  /** On the whole answer. */
  messages(): string[] {
    return [...this.said];
  }

  private all(): AnsweredLine[] {
    return [...this.byId.values()].flatMap((lines) => [...lines.values()]);
  }

  private addResult(result: MetricDataResult): void {
    if (typeof result.Id !== 'string') return;
    const label = typeof result.Label === 'string' ? result.Label : null;
    const lines = this.byId.get(result.Id) ?? new Map<string, AnsweredLine>();
    this.byId.set(result.Id, lines);
    // One id answers several series (SEARCH, bands); pages of one series repeat its label.
    let line = lines.get(label ?? '');
    if (line === undefined) {
      if (this.lines >= MAX_LINES) return;
      this.lines += 1;
      line = { label, points: new Map(), status: 'complete', messages: [] };
      lines.set(label ?? '', line);
    }
    // The last page of a series says how it ended.
    line.status = statusOf(result.StatusCode);
    for (const text of textsOf(result.Messages)) {
      if (!line.messages.includes(text)) line.messages.push(text);
    }
    addPoints(line.points, result);
  }
}

function addPoints(points: Map<number, number>, { Timestamps, Values }: MetricDataResult): void {
  if (!Array.isArray(Timestamps) || !Array.isArray(Values)) return;
  Timestamps.forEach((timestamp, index) => {
    const at = timeOf(timestamp);
    const value: unknown = Values[index];
    if (at !== null && typeof value === 'number' && Number.isFinite(value)) points.set(at, value);
  });
}

function statusOf(code: string | undefined): SeriesHead['status'] {
  switch (code) {
    case 'PartialData':
      return 'partial';
    case 'InternalError':
    case 'Forbidden':
      return 'failed';
    default:
      return 'complete';
  }
}

/** `Value` is the sentence; `Code` alone is better than nothing. */
const textsOf = (messages: MessageData[] | undefined): string[] =>
  listOf(messages).flatMap(({ Code, Value }) => {
    const text = typeof Value === 'string' && Value !== '' ? Value : Code;
    return typeof text === 'string' && text !== '' ? [text.slice(0, 500)] : [];
  });
