/** What earlier tries of a step have left: a second try must neither count from there, nor be taken for the first. */
const MOST_KEPT = 500;

function keep<T>(kept: Map<string, T>, token: string, value: T): void {
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined && !kept.has(token)) kept.delete(oldest);
  kept.set(token, value);
}

const choices = new Map<string, string>();

/**
 * What `choose` gave the first time it was asked with this token.
 * `token` is of one step of one run, so that another run chooses anew.
 */
export async function chosenOnce(token: string, choose: () => Promise<string>): Promise<string> {
  const known = choices.get(token);
  if (known !== undefined) return known;
  const chosen = await choose();
  keep(choices, token, chosen);
  return chosen;
}

const failures = new Map<string, number>();

/** A try that ended badly, for certain, is done with: the next one does its work anew. */
export const endedBadly = (token: string): void =>
  keep(failures, token, (failures.get(token) ?? 0) + 1);

/** The step's token while its outcome is not known; another after each try that ended badly. */
export function tryToken(token: string): string {
  const count = failures.get(token) ?? 0;
  return count === 0 ? token : `${token}#${count + 1}`;
}
