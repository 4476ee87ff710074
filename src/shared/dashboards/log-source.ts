/** The `SOURCE` clauses that a log widget's query begins with. */

export interface LogSource {
  /** Names, ARNs or, after `prefix:`, name prefixes of log groups. */
  logGroups: string[];
  /** The query without its SOURCE clauses. */
  query: string;
}

/**
 * `SOURCE 'a' | SOURCE 'b' | fields …` and `SOURCE logGroups(namePrefix: ["/aws/"]) | …` → groups and
 * query. Linear; a query without SOURCE is left as it is.
 */
export function readLogSource(query: string): LogSource {
  const logGroups: string[] = [];
  let rest = query;
  for (;;) {
    const start = /^\s*SOURCE\s+/i.exec(rest)?.[0];
    if (start === undefined) break;
    const clause = rest.slice(0, clauseEnd(rest));
    logGroups.push(...groupsOf(clause.slice(start.length)));
    rest = rest.slice(clause.length).replace(/^\|/, '');
  }
  return { logGroups: [...new Set(logGroups)], query: rest.trim() };
}

/** Offset of the pipe that ends the first clause, quotes considered; the text's end without one. */
function clauseEnd(text: string): number {
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === "'" || char === '"' || char === '`') quote = char;
    else if (char === '|') return at;
  }
  return text.length;
}

function groupsOf(clause: string): string[] {
  const quoted = [...clause.matchAll(/'([^']*)'|"([^"]*)"|`([^`]*)`/g)].map(
    (found) => found[1] ?? found[2] ?? found[3] ?? '',
  );
  const call = /^logGroups?\s*\(/i.test(clause);
  if (!call) return quoted.length > 0 ? quoted : [clause.trim()].filter((name) => name !== '');
  // Without a prefix the clause means every group, which the class and account arguments only narrow.
  const prefixes = /namePrefix\s*:\s*\[([^\]]*)\]/i.exec(clause)?.[1];
  if (prefixes === undefined) return ['prefix:'];
  return [...prefixes.matchAll(/'([^']*)'|"([^"]*)"/g)].map(
    (found) => `prefix:${found[1] ?? found[2] ?? ''}`,
  );
}
