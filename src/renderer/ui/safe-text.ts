/** Names come from whoever could create an alarm: what could reorder or hide text is shown, not obeyed. */

/** C0 and C1 controls, bidirectional controls, zero-width and other invisible formatting characters. */
const inertPattern =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x09 || code === 0x0a || code === 0x0d) return ' ';
  return `⟨${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Text for one line on screen: control and bidi characters become their visible code, line ends a space. */
export function safeText(text: string): string {
  return text.replace(inertPattern, visible);
}

/** As safeText, but line ends and tabs stay: for descriptions and reasons. */
export function safeMultiline(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(inertPattern, (character) =>
      character === '\n' || character === '\t' ? character : visible(character),
    );
}
