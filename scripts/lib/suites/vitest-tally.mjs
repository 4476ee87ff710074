import { writeFileSync } from 'node:fs';
import { emptyTally } from './tally.mjs';

/**
 * A vitest reporter: counts, with the reasons of what was skipped (vitest's JSON leaves those out).
 * @implements {Pick<import('vitest/reporters').Reporter, 'onTestRunEnd'>}
 */
export default class VitestTally {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly import('vitest/node').SerializedError[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const tally = emptyTally();
    const fail = (/** @type {string} */ name) => {
      tally.failed += 1;
      tally.failures.push(name);
    };
    for (const module of modules) {
      // A file that cannot even be loaded has no tests to fail.
      if (module.errors().length > 0) fail(`${module.relativeModuleId} (does not load)`);
      for (const test of module.children.allTests()) {
        const result = test.result();
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        if (result.state === 'passed') tally.passed += 1;
        else if (result.state === 'skipped') {
          tally.skipped.push({ name, reason: result.note ?? 'no reason given' });
        } else fail(name);
      }
    }
    for (const error of unhandled) fail(`outside of any test: ${error.message}`);
    const file = process.env.NIGHTDESK_TALLY;
    if (file) writeFileSync(file, JSON.stringify(tally));
  }
}
