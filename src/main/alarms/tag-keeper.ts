import type { Clock } from '../../shared/clock';
import { AwsFailure } from '../aws/aws-api';
import type { RegionApi } from '../aws/aws-api';
import type { Sighting } from './from-aws';
import { Changes } from './region-book';
import type { RegionBook } from './region-book';

/** Tags decide the severity, but must not hold the telling up for longer than this. */
const WAIT_BEFORE_TELLING_MS = 400;
/** More than this at once is a storm: told first, tagged afterwards. */
const AT_ONCE = 20;
/** One call per alarm: firing alarms first, the quiet ones a few per sweep, to stay within the call budget. */
const FIRING_PER_PASS = 100;
const QUIET_PER_PASS = 10;
/** After a refusal (no permission for tags) nobody asks again for this long. */
const REST_AFTER_FAILURE_MS = 3_600_000;

/** Asks for tags, one alarm a call, and remembers them in the book. */
export class TagKeeper {
  private restUntil = 0;

  constructor(
    private readonly api: Pick<RegionApi, 'listTagsForResource'>,
    private readonly clock: Clock,
    private readonly book: RegionBook,
  ) {}

  /** Tags of alarms that have just begun to fire, as far as they come within 400 ms. */
  async beforeTelling(sightings: Sighting[], signal: AbortSignal): Promise<void> {
    const arns = sightings.flatMap(({ alarm }) =>
      alarm.state === 'ALARM' &&
      this.book.get(alarm.key)?.state !== 'ALARM' &&
      !this.book.hasTags(alarm.key)
        ? [{ key: alarm.key, arn: alarm.arn }]
        : [],
    );
    if (arns.length === 0 || arns.length > AT_ONCE || this.resting) return;
    const ignored = new Changes();
    const asked = Promise.all(arns.map((entry) => this.ask(entry, ignored, signal)));
    let cancel = (): void => undefined;
    const waited = new Promise<void>((resolve) => {
      cancel = this.clock.after(WAIT_BEFORE_TELLING_MS, resolve);
    });
    await Promise.race([asked, waited]);
    cancel();
  }

  /** The next alarms without tags: all that fire, and a few of the others. */
  async pass(signal: AbortSignal): Promise<Changes> {
    const changes = new Changes();
    const missing = [...this.book.keys()].flatMap((key) => {
      const alarm = this.book.get(key);
      return alarm === undefined || this.book.hasTags(key) ? [] : [alarm];
    });
    const firing = missing.filter((alarm) => alarm.state === 'ALARM').slice(0, FIRING_PER_PASS);
    const quiet = missing.filter((alarm) => alarm.state !== 'ALARM').slice(0, QUIET_PER_PASS);
    for (const alarm of [...firing, ...quiet]) {
      if (signal.aborted || this.resting) break;
      await this.ask(alarm, changes, signal);
    }
    return changes;
  }

  private get resting(): boolean {
    return this.clock.now() < this.restUntil;
  }

  private async ask(
    { key, arn }: { key: string; arn: string },
    changes: Changes,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const answer = await this.api.listTagsForResource(arn, signal);
      const tags: Record<string, string> = {};
      for (const tag of answer.Tags ?? []) {
        if (typeof tag.Key === 'string') tags[tag.Key] = tag.Value ?? '';
      }
      this.book.setTags(key, tags, changes);
    } catch (error) {
      // Tags only refine the severity: without them the alarm is still told, by its other rules.
      if (!(error instanceof AwsFailure)) throw error;
      const { kind } = error.failure;
      if (kind === 'denied' || kind === 'throttled') {
        this.restUntil = this.clock.now() + REST_AFTER_FAILURE_MS;
      }
    }
  }
}
