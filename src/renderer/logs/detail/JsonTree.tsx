/** JSON of a line as a tree: folded where it is long, and every value with what can be done with it. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { copyText } from '../../alarms/actions';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { toggleField, usePickedFields } from '../events/grid-columns';
import { usePane } from '../events/pane';
import { canName, toggled } from '../filter/clauses';
import { parseFilter } from '../../../shared/logs/filter/parse';
import classes from './detail.module.css';
import { jsonOf } from './json-tree';
import type { JsonNode } from './json-tree';
import { Coloured } from './LongText';

/** Children shown of one object or array before "more", and shown with each "more". */
const CHILDREN = 100;
/** Opened by themselves down to here, where they have no more children than that. */
const OPEN_DEPTH = 3;
const OPEN_CHILDREN = 50;
/** Of one text, before "more" (UTF-16 units). */
const TEXT_LETTERS = 2_000;

export function JsonTree({ root }: { root: JsonNode }) {
  return (
    <ul className={classes['tree']} aria-label="Fields">
      {root.children.length === 0 ? (
        <li className={classes['dim']}>{root.kind === 'array' ? '[ ] empty' : '{ } empty'}</li>
      ) : (
        <Children of={root} depth={0} />
      )}
    </ul>
  );
}

function Children({ of, depth }: { of: JsonNode; depth: number }) {
  const [most, setMost] = useState(CHILDREN);
  const left = of.children.length - most;
  return (
    <>
      {of.children.slice(0, most).map((child, i) => (
        <Node key={i} node={child} depth={depth} />
      ))}
      {left > 0 && (
        <li>
          <button
            type="button"
            className={classes['more']}
            onClick={() => setMost(most + CHILDREN * 5)}
          >
            {left.toLocaleString('en')} more
          </button>
        </li>
      )}
    </>
  );
}

function Node({ node, depth }: { node: JsonNode; depth: number }) {
  const isBranch = node.kind === 'object' || node.kind === 'array';
  return isBranch ? <Branch node={node} depth={depth} /> : <Leaf node={node} />;
}

function Branch({ node, depth }: { node: JsonNode; depth: number }) {
  const [open, setOpen] = useState(depth < OPEN_DEPTH && node.children.length <= OPEN_CHILDREN);
  const count = node.children.length;
  return (
    <li>
      <div className={classes['line']}>
        <button
          type="button"
          className={classes['branch']}
          aria-expanded={open}
          disabled={count === 0}
          onClick={() => setOpen(!open)}
        >
          <span className={classes['arrow']} aria-hidden>
            {count === 0 ? '' : open ? '▾' : '▸'}
          </span>
          <span className={classes['key']}>{safeText(node.key)}</span>{' '}
          <span className={classes['dim']}>
            {node.kind === 'array' ? `[${count}]` : `{${count}}`}
          </span>
        </button>
        <ValueMenu node={node} />
      </div>
      {open && count > 0 && (
        <ul>
          <Children of={node} depth={depth + 1} />
        </ul>
      )}
    </li>
  );
}

function Leaf({ node }: { node: JsonNode }) {
  const [all, setAll] = useState(false);
  const long = node.text.length > TEXT_LETTERS;
  const text = all ? node.text : node.text.slice(0, TEXT_LETTERS);
  return (
    <li>
      <div className={classes['line']}>
        <span className={classes['key']}>{safeText(node.key)}</span>
        <span className={classes['value']} data-kind={node.kind}>
          {node.kind === 'string' ? <Coloured text={text} /> : safeMultiline(text)}
          {node.text === '' && <span className={classes['dim']}>(empty text)</span>}
          {long && !all && (
            <button type="button" className={classes['more']} onClick={() => setAll(true)}>
              {(node.text.length - text.length).toLocaleString('en')} more characters
            </button>
          )}
        </span>
        <ValueMenu node={node} />
      </div>
    </li>
  );
}

function ValueMenu({ node }: { node: JsonNode }) {
  const isLeaf = node.kind !== 'object' && node.kind !== 'array';
  const [opened, setOpened] = useState(false);
  const name = safeText(node.path === '' ? node.key : node.path);
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          className={classes['dots']}
          variant="subtle"
          color="gray"
          size="xs"
          aria-label={`What to do with ${name}`}
        >
          <IconDots size={13} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      {/* Hundreds of values: what a menu holds is made when it is opened. */}
      {opened && (
        <Menu.Dropdown>
          {isLeaf && <NarrowItems node={node} />}
          <Menu.Item
            onClick={() => void copyText(isLeaf ? node.text : jsonOf(node), `the value of ${name}`)}
          >
            Copy value
          </Menu.Item>
          {canName(node.path) && <ColumnItem path={node.path} />}
        </Menu.Dropdown>
      )}
    </Menu>
  );
}

function NarrowItems({ node }: { node: JsonNode }) {
  const text = usePane((state) => state.filterText);
  const setFilterText = usePane((state) => state.setFilterText);
  const narrowed = (use: 'for' | 'out'): string | null => {
    if (!canName(node.path)) return null;
    const next = toggled(text, node.path, node.text, use);
    return parseFilter(next).ok ? next : null;
  };
  const item = (use: 'for' | 'out', label: string) => {
    const next = narrowed(use);
    return (
      <Menu.Item disabled={next === null} onClick={() => next !== null && setFilterText(next)}>
        {label}
      </Menu.Item>
    );
  };
  return (
    <>
      {item('for', 'Only lines with this value')}
      {item('out', 'Without lines with this value')}
    </>
  );
}

function ColumnItem({ path }: { path: string }) {
  const isColumn = usePickedFields().includes(path);
  return (
    <Menu.Item onClick={() => toggleField(path)}>
      {isColumn ? 'Remove its column' : 'Add as a column'}
    </Menu.Item>
  );
}
