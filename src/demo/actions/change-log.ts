/** One call that changes something in an account, whether it was carried out or refused. */
export interface ChangeCall {
  /** Demo time, ms. */
  at: number;
  /** As the demo names it: `ecs`, `lambda`, `monitoring`… */
  service: string;
  operation: string;
  region: string;
  accountId: string;
  input: unknown;
  /** Code of the error it was refused with; null when it was carried out. */
  error: string | null;
}

const KEPT = 5000;

/** Every call that changes something: what shows that a preview made none. The newest 5,000 are kept, all are counted. */
export class ChangeLog {
  readonly entries: ChangeCall[] = [];
  private counted = 0;

  add(call: ChangeCall): void {
    this.counted += 1;
    this.entries.push(call);
    if (this.entries.length > KEPT) this.entries.shift();
  }

  /** Calls of one operation among those kept, or of all since the start. */
  count(operation?: string): number {
    return operation === undefined
      ? this.counted
      : this.entries.filter((entry) => entry.operation === operation).length;
  }

  clear(): void {
    this.entries.length = 0;
    this.counted = 0;
  }
}
