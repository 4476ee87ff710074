/** Values that must not be seen: wherever one stands, and however it is written there, it is masked. */

export const MASK = '••••••';

/** Shorter ones would be found in every other word. */
export const SHORTEST_SECRET = 4;
/** Lines of a secret of several that are masked on their own, as output is often cut into lines. */
const SHORTEST_LINE = 8;

export class Secrets {
  private readonly forms: readonly string[];

  constructor(values: readonly string[]) {
    const forms = values.filter((value) => value.length > 0).flatMap(formsOf);
    // A longer secret may hold a shorter one.
    this.forms = [...new Set(forms)].sort((a, b) => b.length - a.length);
  }

  get some(): boolean {
    return this.forms.length > 0;
  }

  mask(text: string): string {
    let masked = text;
    for (const form of this.forms) masked = masked.replaceAll(form, MASK);
    return masked;
  }

  /** A value with its texts, names and numbers masked; its shape stays. */
  masked(value: unknown): unknown {
    if (!this.some) return value;
    if (typeof value === 'string') return this.mask(value);
    if (typeof value === 'number' || typeof value === 'boolean') {
      const text = String(value);
      return this.mask(text) === text ? value : MASK;
    }
    if (Array.isArray(value)) return value.map((one) => this.masked(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.mask(key), this.masked(inner)]),
    );
  }

  maskedJson(value: unknown, space?: number): string {
    return JSON.stringify(this.masked(value), null, space) ?? 'null';
  }

  /** JSON stays JSON; what is none becomes a text. */
  maskJson(json: string): string {
    if (!this.some) return json;
    try {
      return this.maskedJson(JSON.parse(json));
    } catch {
      return JSON.stringify(this.mask(json));
    }
  }
}

/** As it is, as JSON writes it (also within JSON), as an address carries it, within base64, and by its lines. */
function formsOf(secret: string): string[] {
  const lines = secret.split(/\r\n|\r|\n/);
  const once = quoted(secret);
  return [
    secret,
    once,
    quoted(once),
    encoded(secret),
    ...base64(secret),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= SHORTEST_LINE) : []),
  ];
}

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Fewer characters of base64 stand in other words, too. */
const SHORTEST_BASE64 = 6;

/**
 * Whole, and what every base64 text that holds it has in common: `user:password` of a header is written differently
 * with each length of the user's name, but for the characters that are of the secret alone.
 */
function base64(text: string): string[] {
  const bytes = Buffer.from(text);
  const inner = [0, 1, 2].map((before) => {
    const written = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const from = Math.ceil((before * 4) / 3);
    return written.slice(from, Math.floor(((before + bytes.length) * 4) / 3));
  });
  const standard = [
    bytes.toString('base64'),
    ...inner.filter((form) => form.length >= SHORTEST_BASE64),
  ];
  return [...standard, ...standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a surrogate pair has no such form.
    return text;
  }
}
