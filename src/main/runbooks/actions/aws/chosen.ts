/** What a step has made up its mind to do: a second try must not count from what the first one left. */
const kept = new Map<string, string>();
const MOST_KEPT = 500;

/**
 * What `choose` gave the first time it was asked with this token.
 * `token` is of one step of one run, so that another run chooses anew.
 */
export async function chosenOnce(token: string, choose: () => Promise<string>): Promise<string> {
  const known = kept.get(token);
  if (known !== undefined) return known;
  const chosen = await choose();
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(token, chosen);
  return chosen;
}
