/** The three ways to look at the list, and the engineer's own. */
import { Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import type { SavedView } from '../../shared/settings/settings';
import { useDialogs } from '../stores/dialogs';
import { useList } from '../stores/list';
import { saveSettings, useSettings } from '../stores/settings';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { filterFromView } from './filter';
import type { Scope } from './filter';
import { useCounts } from './use-list-model';
import classes from './ViewChips.module.css';

const noViews: readonly SavedView[] = [];

export function ViewChips() {
  const counts = useCounts();
  const scope = useList((state) => state.filter.scope);
  const viewId = useList((state) => state.viewId);
  const narrow = useList((state) => state.narrow);
  const views = useSettings((state) => state.settings?.views ?? noViews);
  const scopes: { scope: Scope; label: string; count: number }[] = [
    { scope: 'firing', label: 'Firing', count: counts.firing },
    { scope: 'unacknowledged', label: 'Unacknowledged', count: counts.unacknowledged },
    { scope: 'all', label: 'All', count: counts.all },
  ];
  return (
    <div className={classes['chips']} role="group" aria-label="Views">
      {scopes.map((one) => (
        <button
          key={one.scope}
          type="button"
          className={classes['chip']}
          aria-pressed={viewId === null && scope === one.scope}
          onClick={() => narrow({ scope: one.scope })}
        >
          {one.label} {one.count.toLocaleString('en')}
        </button>
      ))}
      {views.map((view) => (
        <ViewChip key={view.id} view={view} current={view.id === viewId} />
      ))}
      <button
        type="button"
        className={classes['chip']}
        aria-label="Save this view"
        title="Save the filter as a view"
        onClick={() => useDialogs.getState().show({ kind: 'save-view', view: null })}
      >
        <IconPlus size={12} aria-hidden /> view
      </button>
    </div>
  );
}

function replaceViews(views: SavedView[]): void {
  saveSettings({ views }).catch((error: unknown) => showFailure(error, 'settings.update'));
}

function deleteView(view: SavedView): void {
  const before = useSettings.getState().settings?.views ?? [];
  replaceViews(before.filter(({ id }) => id !== view.id));
  showToast({
    level: 'done',
    text: `Deleted the view ${view.name}`,
    detail: null,
    action: { label: 'Undo', run: () => replaceViews(before) },
  });
}

function ViewChip({ view, current }: { view: SavedView; current: boolean }) {
  return (
    <span className={classes['view']} data-current={current}>
      <button
        type="button"
        className={classes['viewName']}
        aria-pressed={current}
        onClick={() => useList.getState().useView(view.id, filterFromView(view))}
      >
        {safeText(view.name)}
      </button>
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <button
            type="button"
            className={classes['viewMenu']}
            aria-label={`More for the view ${safeText(view.name)}`}
          >
            <IconDots size={12} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => useDialogs.getState().show({ kind: 'save-view', view })}>
            Rename
          </Menu.Item>
          <Menu.Item onClick={() => deleteView(view)}>Delete</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
