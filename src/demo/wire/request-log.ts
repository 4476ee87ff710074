export interface LoggedRequest {
  at: number;
  operation: string;
  region: string;
  accountId: string;
  /** HTTP status of the answer; 0 while or when none was given. */
  status: number;
  /** Error code, if the answer was an error. */
  error: string | null;
  body: string;
}

const KEPT = 5000;

/** What was asked, for tests and benches: the newest 5,000 calls and counts of all. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];
  private readonly counts = new Map<string, number>();

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length > KEPT) this.entries.shift();
    this.counts.set(entry.operation, (this.counts.get(entry.operation) ?? 0) + 1);
  }

  /** Calls of one operation, or of all. */
  count(operation?: string): number {
    if (operation !== undefined) return this.counts.get(operation) ?? 0;
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  perOperation(): Record<string, number> {
    return Object.fromEntries(this.counts);
  }

  clear(): void {
    this.entries.length = 0;
    this.counts.clear();
  }
}
