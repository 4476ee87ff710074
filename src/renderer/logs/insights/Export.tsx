/** All rows of a result, copied or saved. */
import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { MOST_SAVED_CHARACTERS } from '../../../shared/saved-files';
import { copyText } from '../../alarms/actions';
import { ask } from '../../bridge';
import { showFailure, showToast } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { rowsCsv, rowsJson } from './result-rows';
import { countText } from './query-words';
import type { HeldRows } from './store';

/** What the clipboard takes at most, in characters. */
const MOST_COPIED = 5_000_000;

interface Props {
  held: HeldRows;
  where: readonly string[] | null;
}

const FEWER = 'Ask for fewer rows, fewer fields or a shorter time.';

type Format = 'csv' | 'json';

function write(
  { held, where }: Props,
  format: Format,
  most: number,
  otherwise: string,
): string | null {
  const { columns, rows } = held;
  const text = format === 'csv' ? rowsCsv(columns, rows, where) : rowsJson(columns, rows, where);
  if (text.length <= most) return text;
  showToast({
    level: 'error',
    text: `${countText(rows.length)} rows are too much to ${most === MOST_COPIED ? 'copy' : 'write into one file'}.`,
    detail: otherwise,
    action: null,
  });
  return null;
}

async function save(props: Props, format: Format): Promise<void> {
  const text = write(props, format, MOST_SAVED_CHARACTERS, FEWER);
  if (text === null) return;
  const stamp = new Date().toISOString().slice(0, 16).replaceAll(/[T:]/g, '-');
  try {
    const name = await ask('files.save', {
      suggestedName: `insights-${stamp}.${format}`,
      text,
      kind: format,
    });
    if (name === null) return;
    showToast({ level: 'done', text: `Saved ${safeText(name)}`, detail: null, action: null });
  } catch (error) {
    showFailure(error, 'files.save');
  }
}

function copy(props: Props, format: Format): void {
  const text = write(props, format, MOST_COPIED, 'Save them as a file.');
  if (text === null) return;
  void copyText(text, `${countText(props.held.rows.length)} rows`);
}

export function Export(props: Props) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          rightSection={<IconChevronDown size={12} aria-hidden />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => copy(props, 'csv')}>Copy all rows as CSV</Menu.Item>
        <Menu.Item onClick={() => copy(props, 'json')}>Copy all rows as JSON</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void save(props, 'csv')}>Save as CSV…</Menu.Item>
        <Menu.Item onClick={() => void save(props, 'json')}>Save as JSON…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
