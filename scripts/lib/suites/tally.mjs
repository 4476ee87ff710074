/**
 * What a suite came to. Reporters write it to the file named by NIGHTDESK_TALLY; the summary adds them up.
 * @typedef {{ passed: number, failed: number, skipped: { name: string, reason: string }[],
 *   failures: string[] }} Tally
 */

/** @returns {Tally} */
export function emptyTally() {
  return { passed: 0, failed: 0, skipped: [], failures: [] };
}

/** @param {string} name */
export function failedTally(name) {
  return { ...emptyTally(), failed: 1, failures: [name] };
}

/** @param {Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  return tallies.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: [...all.skipped, ...one.skipped],
      failures: [...all.failures, ...one.failures],
    }),
    emptyTally(),
  );
}

/**
 * The end of `npm test`: failures and skips by name, then the one line that counts.
 * @param {Tally} tally
 */
export function summary(tally) {
  const failures = tally.failures.map((name) => `FAILED  ${name}`);
  const skips = tally.skipped.map(({ name, reason }) => `SKIPPED ${name}: ${reason}`);
  const counts = `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`;
  return [...skips, ...failures, counts].join('\n');
}

/** Zero only when something ran and nothing failed. @param {Tally} tally */
export function exitStatus(tally) {
  return tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}
