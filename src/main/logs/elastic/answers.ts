/** What Elasticsearch and OpenSearch answer, as far as it is used; more may be there. */
import { z } from 'zod';

const shardFailureSchema = z.object({
  index: z.string().nullish(),
  reason: z.object({ type: z.string().nullish(), reason: z.string().nullish() }).nullish(),
});

export const searchAnswerSchema = z.object({
  timed_out: z.boolean(),
  pit_id: z.string().optional(),
  _shards: z.object({
    total: z.number(),
    failed: z.number(),
    failures: z.array(shardFailureSchema).optional(),
  }),
  hits: z.object({
    // Before 7.0 it was a plain number.
    total: z.union([z.number(), z.object({ value: z.number() })]).nullish(),
    hits: z.array(
      z.object({
        _index: z.string(),
        _id: z.string(),
        _source: z.unknown(),
        fields: z.record(z.string(), z.array(z.unknown())).optional(),
        sort: z.array(z.unknown()).min(1),
      }),
    ),
  }),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
export type Hit = SearchAnswer['hits']['hits'][number];

export const infoSchema = z.object({
  cluster_name: z.string().optional(),
  version: z.object({
    number: z.string(),
    /** `opensearch`; Elasticsearch has none. */
    distribution: z.string().optional(),
  }),
});
export type ElasticInfo = z.infer<typeof infoSchema>;

/** Elasticsearch says `id`, OpenSearch `pit_id`. */
export const pitSchema = z
  .object({ id: z.string().optional(), pit_id: z.string().optional() })
  .transform(({ id, pit_id }, ctx) => {
    const found = id ?? pit_id;
    if (found !== undefined) return found;
    ctx.addIssue('a point in time without an id');
    return z.NEVER;
  });

export const resolveSchema = z.object({
  indices: z
    .array(
      z.object({
        name: z.string(),
        attributes: z.array(z.string()).optional(),
        /** Of which it is a part. */
        data_stream: z.string().optional(),
      }),
    )
    .default([]),
  aliases: z.array(z.object({ name: z.string(), indices: z.unknown() })).default([]),
  data_streams: z.array(z.object({ name: z.string(), backing_indices: z.unknown() })).default([]),
});
export type Resolved = z.infer<typeof resolveSchema>;

export const catIndicesSchema = z.array(
  z.object({ index: z.string(), 'store.size': z.string().nullish() }),
);

/** An error as both servers word it; some proxies and old versions say a bare string. */
export const errorSchema = z.object({
  error: z.union([
    z.string(),
    z.object({
      type: z.string().nullish(),
      reason: z.string().nullish(),
      root_cause: z
        .array(z.object({ type: z.string().nullish(), reason: z.string().nullish() }))
        .nullish(),
      caused_by: z.object({ reason: z.string().nullish() }).nullish(),
    }),
  ]),
});
/** AWS's own layer before a domain refuses like this. */
export const gatewayErrorSchema = z
  .object({ message: z.string().optional(), Message: z.string().optional() })
  .transform(({ message, Message }) => message ?? Message ?? '');
