/** Text of any length, inert: colours of terminals as spans, long ones in blocks that are drawn when in sight. */
import { useMemo, useState } from 'react';
import type { CSSProperties } from 'react';
import { ansiSpans } from '../../../shared/logs/ansi';
import type { AnsiSpan } from '../../../shared/logs/ansi';
import { safeMultiline } from '../../ui/safe-text';
import classes from './detail.module.css';
import { colourOf } from './ansi-colours';

/** Shown at first, and of a block of what is shown on demand (UTF-16 units). */
export const FIRST_LETTERS = 16_384;
const BLOCK_LETTERS = 8_192;

interface Props {
  text: string;
  /** What it is, for the button that shows all of it. */
  what: string;
}

export function LongText({ text, what }: Props) {
  const [all, setAll] = useState(false);
  const shown = all ? text : text.slice(0, endBefore(text, FIRST_LETTERS));
  const blocks = useMemo(() => blocksOf(shown), [shown]);
  const left = text.length - shown.length;
  return (
    <>
      <div className={classes['text']}>
        {blocks.map((block, i) => (
          <div key={i} className={blocks.length > 1 ? classes['block'] : undefined}>
            <Coloured text={block} />
          </div>
        ))}
      </div>
      {left > 0 && (
        <button type="button" className={classes['more']} onClick={() => setAll(true)}>
          Show all of {what}: {left.toLocaleString('en')} more characters
        </button>
      )}
    </>
  );
}

/** Never between the halves of a letter. */
function endBefore(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}

/** Cut at line ends where there are any near. */
export function blocksOf(text: string): string[] {
  const blocks: string[] = [];
  let from = 0;
  while (text.length - from > BLOCK_LETTERS) {
    const line = text.lastIndexOf('\n', from + BLOCK_LETTERS);
    const to = line > from ? line + 1 : endBefore(text, from + BLOCK_LETTERS);
    blocks.push(text.slice(from, to));
    from = to;
  }
  blocks.push(text.slice(from));
  return blocks;
}

export function Coloured({ text }: { text: string }) {
  if (!/[\u001b\u009b\u009d]/.test(text)) return safeMultiline(text);
  return ansiSpans(text).map((span, i) => (
    <span key={i} style={styleOf(span)}>
      {safeMultiline(span.text)}
    </span>
  ));
}

function styleOf({
  bold,
  dim,
  italic,
  underline,
  foreground,
  background,
}: AnsiSpan): CSSProperties {
  return {
    fontWeight: bold ? 700 : undefined,
    opacity: dim ? 0.75 : undefined,
    fontStyle: italic ? 'italic' : undefined,
    textDecoration: underline ? 'underline' : undefined,
    ...colourOf(foreground, background),
  };
}
