/** HTML of Grafana's text panels as plain Markdown: structure stays, tags and scripts do not. */

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decoded(text: string): string {
  return text.replace(/&(#\d{1,6}|[a-z]{2,5});/gi, (whole, name: string) => {
    if (name.startsWith('#')) {
      const code = Number(name.slice(1));
      return code > 31 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
    }
    return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
  });
}

const WHOLE_ELEMENTS = /<(script|style|iframe|svg|object)\b[^>]*>[\s\S]*?(<\/\1\s*>|$)/gi;

/** Markdown that reads as the HTML does; whatever is no text, heading, list, emphasis or link is dropped. */
export function htmlToMarkdown(html: string): string {
  const marked = html
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(WHOLE_ELEMENTS, '')
    .replace(
      /<a\b[^>]*\bhref\s*=\s*["']?(https:\/\/[^"'\s>]+)["']?[^>]*>([\s\S]*?)<\/a\s*>/gi,
      (_, href: string, inner: string) => `[${inner.replace(/<[^>]*>/g, '').trim()}](${href})`,
    )
    .replace(/<h([1-6])\b[^>]*>/gi, (_, level: string) => `\n\n${'#'.repeat(Number(level))} `)
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<\/?(b|strong)\b[^>]*>/gi, '**')
    .replace(/<br\b[^>]*>/gi, '\n')
    .replace(/<\/?(p|div|h[1-6]|ul|ol|table|tr|section|center)\b[^>]*>/gi, '\n\n')
    .replace(/<[^>]*>/g, '');
  return decoded(marked)
    .replace(/\*\*\s*\*\*/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n[ \t]+/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
