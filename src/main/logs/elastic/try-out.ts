/** Tries a server of logs and says in sentences what is there. Rejects with FailureError where nothing is. */
import { z } from 'zod';
import { FailureError } from '../../../shared/failure';
import type { ElasticTest } from '../../../shared/logs/elastic';
import type { ElasticInfo } from './answers';
import type { Question } from './cursor';
import { eventOf } from './documents';
import type { ElasticClient } from './elastic-client';
import { gapOf } from './gaps';
import { listGroups } from './group-list';
import { askPage, ifAble, infoCall, pathOf } from './paged-search';
import { infoSchema } from './answers';

const fieldCapsSchema = z.object({
  fields: z.record(z.string(), z.record(z.string(), z.unknown())),
});

export async function tryOut(client: ElasticClient, signal: AbortSignal): Promise<ElasticTest> {
  const info = await ifAble(client.ask(infoSchema, infoCall, signal));
  const { groups, indexes } = await listGroups(client, signal);
  const { source } = client;
  const server = info === null ? 'The server' : serverName(info);
  const patterns = source.patterns.join(', ');
  const answer = (ok: boolean, rest: string): ElasticTest => ({
    ok,
    sentence: `${server} ${rest}`,
    groups: groups.length,
  });
  if (indexes === 0) return answer(false, `answered, but no index matches ${patterns}.`);
  const time = await timeFieldProblem(client, signal);
  if (time !== null) return answer(false, `answered, but ${time}`);
  const count = indexes === null ? '' : ` with ${indexes} ${indexes === 1 ? 'match' : 'matches'}`;
  const latest = await latestEvent(client, signal);
  if (latest === null) {
    return answer(false, `answered${count} for ${patterns}, but found no event with a time.`);
  }
  const when = new Date(latest).toISOString().replace('T', ' ').slice(0, 19);
  return answer(true, `answered${count} for ${patterns}; the latest event is of ${when} UTC.`);
}

const serverName = ({ version, cluster_name: cluster }: ElasticInfo): string => {
  const kind = version.distribution === 'opensearch' ? 'OpenSearch' : 'Elasticsearch';
  return `${kind} ${version.number}${cluster === undefined ? '' : ` (${cluster})`}`;
};

/** A search, for that is what it is for: who may list may still not read. */
async function latestEvent(client: ElasticClient, signal: AbortSignal): Promise<number | null> {
  const { source } = client;
  const question: Question = {
    source,
    fromMs: 0,
    toMs: LAST_TIME_MS,
    pattern: '',
    newestFirst: true,
    size: 1,
    tiebreaker: null,
    pitId: null,
    after: null,
    count: false,
  };
  const found = await askPage(client, source.patterns.join(','), question, signal, () => undefined);
  const gap = gapOf(source, source.patterns.join(', '), found);
  if (gap !== null) throw new FailureError(gap);
  const [hit] = found.hits.hits;
  return hit === undefined ? null : (eventOf(hit, source)?.timestamp ?? null);
}

/** Some clocks run ahead. */
const LAST_TIME_MS = Date.UTC(2100, 0, 1);

/** Without times nothing is found; null when they are there, or the server would not say. */
async function timeFieldProblem(
  client: ElasticClient,
  signal: AbortSignal,
): Promise<string | null> {
  const { patterns, timeField } = client.source;
  let told = false;
  for (const pattern of patterns) {
    const call = {
      operation: '_field_caps',
      method: 'GET',
      path: `/${pathOf(pattern)}/_field_caps`,
      query: { fields: timeField },
    } as const;
    const caps = await ifAble(client.ask(fieldCapsSchema, call, signal));
    if (caps === null) continue;
    told = true;
    const types = Object.keys(caps.fields[timeField] ?? {});
    if (types.some((type) => type === 'date' || type === 'date_nanos')) return null;
    if (types.length > 0) {
      return `its field ${timeField} is of type ${types.join(', ')} and not a date.`;
    }
  }
  return told ? `it has no field ${timeField} to tell times by.` : null;
}
