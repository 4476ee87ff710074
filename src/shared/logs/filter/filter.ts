import { z } from 'zod';

/** What a field's value is asked. Texts ignore case unless said; numbers and booleans are typed. */
export type FieldTest =
  /** A text holds it; a number or boolean is it. */
  | { kind: 'contains'; text: string }
  /** The value is exactly this, case included. */
  | { kind: 'equals'; text: string }
  /** `*` stands for any run of characters; the whole value, case ignored. */
  | { kind: 'wildcard'; pattern: string }
  | { kind: 'exists' }
  | {
      kind: 'range';
      from: number | null;
      to: number | null;
      fromIncluded: boolean;
      toIncluded: boolean;
    }
  /** The same for texts that are no numbers, such as ISO times; code point order. */
  | {
      kind: 'text-range';
      from: string | null;
      to: string | null;
      fromIncluded: boolean;
      toIncluded: boolean;
    }
  | { kind: 'regex'; source: string; ignoreCase: boolean };

/** The filter of lines that are already here. */
export type Filter =
  | { kind: 'all' }
  | { kind: 'text'; text: string; exactCase: boolean }
  | { kind: 'regex'; source: string; ignoreCase: boolean }
  | { kind: 'field'; path: string; test: FieldTest }
  | { kind: 'not'; of: Filter }
  | { kind: 'and' | 'or'; of: Filter[] };

const text = z.string().max(4_096);
const range = { fromIncluded: z.boolean(), toIncluded: z.boolean() };

const fieldTestSchema: z.ZodType<FieldTest> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('contains'), text }),
  z.object({ kind: z.literal('equals'), text }),
  z.object({ kind: z.literal('wildcard'), pattern: text }),
  z.object({ kind: z.literal('exists') }),
  z.object({
    kind: z.literal('range'),
    from: z.number().nullable(),
    to: z.number().nullable(),
    ...range,
  }),
  z.object({ kind: z.literal('text-range'), from: text.nullable(), to: text.nullable(), ...range }),
  z.object({ kind: z.literal('regex'), source: text, ignoreCase: z.boolean() }),
]);

export const filterSchema: z.ZodType<Filter> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('text'), text: text.min(1), exactCase: z.boolean() }),
    z.object({ kind: z.literal('regex'), source: text, ignoreCase: z.boolean() }),
    z.object({ kind: z.literal('field'), path: text.min(1), test: fieldTestSchema }),
    z.object({ kind: z.literal('not'), of: filterSchema }),
    z.object({ kind: z.literal('and'), of: z.array(filterSchema).max(1_000) }),
    z.object({ kind: z.literal('or'), of: z.array(filterSchema).max(1_000) }),
  ]),
);

/** Names of the envelope, not of the message: `@group:…` asks where a line came from, `@level:…` how bad it is. */
export const envelopeFields = [
  '@connection',
  '@region',
  '@group',
  '@stream',
  '@time',
  '@ingested',
  '@message',
  '@level',
] as const;
export type EnvelopeField = (typeof envelopeFields)[number];

export const isEnvelopeField = (path: string): path is EnvelopeField =>
  envelopeFields.some((field) => field === path);
