/** How the lines are shown: find, columns, wrapping, raw lines, a time to go to. */
import { IconCode, IconFileSearch, IconTextWrap } from '@tabler/icons-react';
import { useSettings } from '../../stores/settings';
import { ExportMenu } from '../export/ExportMenu';
import { ColumnsMenu } from './ColumnsMenu';
import classes from './events.module.css';
import { useFind } from './find-store';
import { setWrap, useLayout } from './grid-columns';
import { JumpToTime } from './JumpToTime';
import { ToolButton } from './ToolButton';

export function GridTools() {
  const wrap = useSettings(({ settings }) => settings?.logs.wrap ?? false);
  const raw = useLayout((state) => state.raw);
  const finding = useFind((state) => state.open);
  return (
    <div className={classes['tools']} role="toolbar" aria-label="Lines">
      <ToolButton
        label="Find among these lines"
        pressed={finding}
        onClick={() => useFind.getState().setOpen(!finding)}
        icon={<IconFileSearch size={15} aria-hidden />}
      />
      <JumpToTime />
      <ColumnsMenu />
      <ToolButton
        label="Wrap lines"
        pressed={wrap}
        onClick={() => setWrap(!wrap)}
        icon={<IconTextWrap size={15} aria-hidden />}
      />
      <ToolButton
        label="Raw lines"
        pressed={raw}
        onClick={() => useLayout.getState().setRaw(!raw)}
        icon={<IconCode size={15} aria-hidden />}
      />
      <ExportMenu />
    </div>
  );
}
