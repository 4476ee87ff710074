/** Walks AWS's NextToken pages, and ends when a service would never end. */
import { AwsFailure } from './aws-api';

/** 2,000 pages of 100 alarms is far beyond any account's quota of alarms. */
export const DEFAULT_MAX_PAGES = 2_000;

export interface PagingOptions {
  /** Above this many pages the walk fails with `invalid`. */
  maxPages?: number;
  connectionId?: string | null;
  operation: string;
}

/**
 * Yields pages until one has no NextToken. Rejects with `AwsFailure` of kind `invalid` if a token comes a
 * second time or there are more than `maxPages`; what `fetchPage` rejects with passes through.
 */
export async function* pages<P extends { NextToken?: string | undefined }>(
  fetchPage: (nextToken: string | undefined) => Promise<P>,
  options: PagingOptions,
): AsyncGenerator<P, void, void> {
  const seen = new Set<string>();
  const maxPages = options.maxPages ?? DEFAULT_MAX_PAGES;
  let token: string | undefined;
  for (let count = 1; ; count += 1) {
    const page = await fetchPage(token);
    yield page;
    token = page.NextToken;
    if (token === undefined || token === '') return;
    if (seen.has(token)) throw endless(options, 'AWS answered with the same next page twice');
    if (count >= maxPages) throw endless(options, `AWS answered with more than ${maxPages} pages`);
    seen.add(token);
  }
}

function endless(options: PagingOptions, what: string): AwsFailure {
  return new AwsFailure({
    kind: 'invalid',
    connectionId: options.connectionId ?? null,
    operation: options.operation,
    message: `${what} for ${options.operation}, so the list was not read to its end.`,
    advice: 'Refresh; if it stays, check the endpoint of this connection.',
  });
}
