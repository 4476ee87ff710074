/** What the line says: as fields, as a stack trace, as text, or byte by byte. */
import { useMemo, useState } from 'react';
import type { LineAnswer } from '../../../shared/logs/engine-protocol';
import { lineDetail } from '../../../shared/logs/line-detail';
import classes from './detail.module.css';
import { lineTree } from './json-tree';
import { JsonTree } from './JsonTree';
import { escapedBytes, isBinary } from './line-bytes';
import { LongText } from './LongText';
import { Stack } from './Stack';

export function LineBody({ line }: { line: LineAnswer }) {
  const binary = useMemo(() => isBinary(line.raw), [line]);
  return binary ? <Bytes line={line} /> : <Said text={line.text} />;
}

function Bytes({ line }: { line: LineAnswer }) {
  const escaped = useMemo(() => escapedBytes(line.raw), [line]);
  return (
    <section aria-label="Bytes">
      <p className={classes['dim']}>
        No text: {line.raw.length.toLocaleString('en')} bytes, those that are not printable as \xNN.
      </p>
      <LongText text={escaped} what="the bytes" />
    </section>
  );
}

function Said({ text }: { text: string }) {
  const [original, setOriginal] = useState(false);
  const [asText, setAsText] = useState(false);
  const mended = useMemo(() => lineDetail(text).mended, [text]);
  const shown = mended !== null && !original ? mended.text : text;
  const { stacks } = useMemo(() => lineDetail(shown), [shown]);
  const tree = useMemo(() => lineTree(shown), [shown]);
  const whole = stacks.length > 0 && tree === null;
  return (
    <>
      {mended !== null && (
        <p className={classes['mended']}>
          {original
            ? 'As it came: garbled.'
            : `Garbled on its way (${mended.by.join(', then ')}), shown mended.`}{' '}
          <button
            type="button"
            className={classes['more']}
            aria-pressed={original}
            onClick={() => setOriginal(!original)}
          >
            {original ? 'Show it mended' : 'Show the original'}
          </button>
        </p>
      )}
      {stacks.map(({ path, lines }) => (
        <Stack key={path} path={path} lines={lines} />
      ))}
      {tree !== null && (
        <section aria-label="The line as JSON">
          <h2>
            {asText ? 'As text' : 'Fields'}
            <button type="button" className={classes['more']} onClick={() => setAsText(!asText)}>
              {asText ? 'As fields' : 'As text'}
            </button>
          </h2>
          {asText ? (
            <LongText text={shown} what="the line" />
          ) : (
            <>
              {tree.before !== '' && <LongText text={tree.before} what="the text" />}
              <JsonTree root={tree.root} />
            </>
          )}
        </section>
      )}
      {tree === null && !whole && <LongText text={shown} what="the line" />}
    </>
  );
}
