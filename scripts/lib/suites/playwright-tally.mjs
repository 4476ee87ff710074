import { writeFileSync } from 'node:fs';
import { emptyTally } from './tally.mjs';

/** A Playwright reporter: counts, with the reasons of what was skipped. */
export default class PlaywrightTally {
  #tally = emptyTally();
  /** @type {import('@playwright/test/reporter').Suite | null} */
  #suite = null;

  /**
   * @param {import('@playwright/test/reporter').FullConfig} _config
   * @param {import('@playwright/test/reporter').Suite} suite
   */
  onBegin(_config, suite) {
    this.#suite = suite;
  }

  /** @param {import('@playwright/test/reporter').TestError} error */
  onError(error) {
    this.#fail(`outside of any test: ${error.message ?? error.value ?? 'unknown'}`);
  }

  onEnd() {
    for (const test of this.#suite?.allTests() ?? []) {
      const name = test.titlePath().filter(Boolean).join(' > ');
      const outcome = test.outcome();
      if (outcome === 'skipped') {
        const note = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
        this.#tally.skipped.push({ name, reason: note?.description ?? 'no reason given' });
      } else if (outcome === 'expected') this.#tally.passed += 1;
      else this.#fail(name);
    }
    const file = process.env.NIGHTDESK_TALLY;
    if (file) writeFileSync(file, JSON.stringify(this.#tally));
  }

  printsToStdio() {
    return false;
  }

  /** @param {string} name */
  #fail(name) {
    this.#tally.failed += 1;
    this.#tally.failures.push(name);
  }
}
