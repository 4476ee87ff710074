/** What runs hold while they are active: never two on one thing. */
import { refused } from './refused';

export class RunLocks {
  /** By what is held: the run that holds it. */
  private readonly held = new Map<string, { runId: string; name: string }>();

  /** All of them or none. @throws FailureError naming who holds it */
  take(runId: string, name: string, locks: readonly string[]): void {
    for (const lock of locks) {
      const holder = this.held.get(lock);
      if (holder === undefined || holder.runId === runId) continue;
      throw refused(
        `${holder.name} is running on the same thing (${lock.split('|').slice(2).join('|')}).`,
        'Wait for it, or cancel it first.',
      );
    }
    for (const lock of locks) this.held.set(lock, { runId, name });
  }

  /** What was held, to take it again when the run goes on. */
  release(runId: string): string[] {
    const locks = [...this.held].filter(([, holder]) => holder.runId === runId);
    for (const [lock] of locks) this.held.delete(lock);
    return locks.map(([lock]) => lock);
  }
}
