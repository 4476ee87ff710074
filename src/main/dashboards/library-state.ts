/** `dashboards.json`: what people chose. Kept whole; a file that cannot be read is kept aside and told. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from '../store/process-lock';
import { writeWhole } from './kept-files';

export const MAX_RECENT = 50;
const MAX_FAVOURITES = 1_000;
/** Dashboards whose picked values are remembered; the longest untouched are forgotten first. */
const MAX_VALUES = 500;

const stateSchema = z.strictObject({
  version: z.literal(1),
  /** Full real paths, the newest first. */
  recent: z.array(z.string().min(1).max(4096)).max(MAX_RECENT),
  favourites: z.array(z.string().max(1_000)).max(MAX_FAVOURITES),
  /** By dashboard, then by input; the newest last. */
  values: z
    .array(
      z.strictObject({
        id: z.string().max(1_000),
        values: z.record(z.string().max(500), z.string().max(10_000)),
      }),
    )
    .max(MAX_VALUES),
});
type State = z.infer<typeof stateSchema>;

const empty = (): State => ({ version: 1, recent: [], favourites: [], values: [] });

export class LibraryState {
  private readonly path: string;
  private state: State;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    dir: string,
    now: () => number,
    private readonly report: (problem: string) => void,
  ) {
    this.path = join(dir, 'dashboards.json');
    this.state = this.load(join(dir, `dashboards.invalid-${now()}.json`));
  }

  get recent(): readonly string[] {
    return this.state.recent;
  }

  addRecent(path: string): void {
    const others = this.state.recent.filter((known) => known !== path);
    this.change({ recent: [path, ...others].slice(0, MAX_RECENT) });
  }

  forget(path: string): void {
    this.change({ recent: this.state.recent.filter((known) => known !== path) });
  }

  isFavourite(id: string): boolean {
    return this.state.favourites.includes(id);
  }

  setFavourite(id: string, favourite: boolean): void {
    const others = this.state.favourites.filter((known) => known !== id);
    const favourites = favourite ? [...others, id].slice(-MAX_FAVOURITES) : others;
    this.change({ favourites });
  }

  valuesOf(id: string): Record<string, string> {
    return this.state.values.find((kept) => kept.id === id)?.values ?? {};
  }

  keepValues(id: string, values: Record<string, string>): void {
    const others = this.state.values.filter((kept) => kept.id !== id);
    const none = Object.keys(values).length === 0;
    this.change({ values: none ? others : [...others, { id, values }].slice(-MAX_VALUES) });
  }

  /** Resolves when everything so far is on disk. */
  settled(): Promise<void> {
    return this.writing;
  }

  private change(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    const { state } = this;
    this.writing = this.writing
      .then(() => (state === this.state ? writeWhole(this.path, JSON.stringify(state)) : undefined))
      .catch((error: unknown) =>
        this.report(`Favourites and recent dashboards could not be kept: ${String(error)}`),
      );
  }

  private load(aside: string): State {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return empty();
      this.report(`The list of dashboards cannot be read: ${String(error)}`);
      return empty();
    }
    const parsed = stateSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    copyFileSync(this.path, aside);
    this.report(`The list of dashboards is not valid; it was kept as ${aside}, a new one begins.`);
    return empty();
  }
}

/** Undefined where the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
