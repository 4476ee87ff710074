import type { ViewState } from '../../../shared/logs/engine-protocol';
import type { Filter } from '../../../shared/logs/filter/filter';
import type { Dataset } from './dataset';
import { Turn } from './turn';
import { View } from './view';

/** Appended events are shown at most this often, ms: a tail is read by people. */
const FOLLOW_MS = 50;

/**
 * A view and what is going on with it: one filtering at a time, a newer one ends the older. `lens` is the same with a
 * second filter on top, for marks and for jumping from match to match.
 */
export class ViewDesk {
  readonly view: View;
  private readonly lens: View;
  private revision = 0;
  private current: Turn | null = null;
  private following: Turn | null = null;
  private running: Promise<void> = Promise.resolve();
  private lensRunning: Promise<void> = Promise.resolve();
  private lensTurn: Turn | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private closed = false;

  constructor(
    private readonly names: { dataset: string; view: string },
    private readonly dataset: Dataset,
    private readonly tell: (state: ViewState) => void,
  ) {
    this.view = new View(dataset);
    this.lens = new View(dataset);
  }

  state(): ViewState {
    const { count, complete } = this.view;
    return { ...this.names, count, total: this.dataset.rows, complete, revision: this.revision };
  }

  /** @throws CancelledError, RegexError */
  look(filter: Filter, newestFirst: boolean, turn: Turn): Promise<ViewState> {
    return this.alone(turn, async () => {
      await this.view.look(filter, newestFirst, turn, () => this.changed());
      this.revision += 1;
      return this.state();
    });
  }

  /** Takes in what was appended, soon. */
  appended(): void {
    if (this.timer !== null || this.closed) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.follow();
    }, FOLLOW_MS);
  }

  /** The view's rows that pass another filter too. @throws CancelledError, RegexError */
  async through(filter: Filter, turn: Turn): Promise<View> {
    this.lensTurn?.cancel();
    this.lensTurn = turn;
    const before = this.lensRunning;
    const task = before.then(async () => {
      const both: Filter = { kind: 'and', of: [this.view.filter, filter] };
      await this.lens.look(both, this.view.newestFirst, turn, () => undefined);
    });
    this.lensRunning = settled(task);
    await task;
    return this.lens;
  }

  close(): void {
    this.closed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.current?.cancel();
    this.following?.cancel();
    this.lensTurn?.cancel();
  }

  private follow(): void {
    if (this.closed) return;
    const turn = new Turn();
    // Behind a filtering under way, which it does not end; a filtering that comes later ends it.
    const task = this.running.then(async () => {
      if (turn.isCancelled || this.closed) return;
      await this.view.follow(turn, () => this.changed());
      this.changed();
    });
    this.following = turn;
    this.running = settled(task);
  }

  private alone<T>(turn: Turn, task: () => Promise<T>): Promise<T> {
    this.current?.cancel();
    this.following?.cancel();
    this.current = turn;
    const result = this.running.then(task);
    this.running = settled(result);
    return result;
  }

  private changed(): void {
    this.revision += 1;
    if (!this.closed) this.tell(this.state());
  }
}

/** Who asked is told how it ended; who comes next only waits for it. */
const settled = (task: Promise<unknown>): Promise<void> =>
  task.then(
    () => undefined,
    () => undefined,
  );
