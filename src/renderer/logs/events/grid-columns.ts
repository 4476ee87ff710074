/** The grid's columns: which there are, how wide, which stay in sight. */
import { create } from 'zustand';
import { saveSettings, useSettings } from '../../stores/settings';
import { showFailure } from '../../stores/toasts';

/** Fixed ones, and fields of JSON lines by their paths. */
export interface GridColumn {
  id: string;
  label: string;
  kind: 'time' | 'level' | 'where' | 'field' | 'message';
  /** Its field's path, for `field`. */
  path: string;
}

const fixed = (kind: Exclude<GridColumn['kind'], 'field'>, label: string): GridColumn => ({
  id: `@${kind}`,
  label,
  kind,
  path: '',
});
const TIME = fixed('time', 'Time');
const LEVEL = fixed('level', 'Level');
const WHERE = fixed('where', 'Where');
const MESSAGE = fixed('message', 'Message');

/** Time and level first, then where it is from if that differs, the picked fields, and the message. */
export function columnsOf(fields: readonly string[], severalSources: boolean): GridColumn[] {
  const picked = fields.map((path): GridColumn => ({
    id: `field ${path}`,
    label: path,
    kind: 'field',
    path,
  }));
  return [TIME, LEVEL, ...(severalSources ? [WHERE] : []), ...picked, MESSAGE];
}

const usualWidths: Record<GridColumn['kind'], number> = {
  time: 160,
  level: 58,
  where: 170,
  field: 150,
  message: 640,
};
export const NARROWEST = 40;

interface Layout {
  /** Widths that were set by hand (px), by column id. */
  widths: Readonly<Record<string, number>>;
  /** Columns that stay at the left when the rest is scrolled sideways. */
  pinned: ReadonlySet<string>;
  /** Shows whole lines in place of their messages. */
  raw: boolean;
  setWidth(id: string, px: number): void;
  resetWidth(id: string): void;
  togglePinned(id: string): void;
  setRaw(raw: boolean): void;
}

export const useLayout = create<Layout>()((set) => ({
  widths: {},
  pinned: new Set(['@time', '@level']),
  raw: false,
  setWidth: (id, px) =>
    set(({ widths }) => ({ widths: { ...widths, [id]: Math.max(NARROWEST, Math.round(px)) } })),
  resetWidth: (id) =>
    set(({ widths }) => ({
      widths: Object.fromEntries(Object.entries(widths).filter(([key]) => key !== id)),
    })),
  togglePinned: (id) =>
    set(({ pinned }) => {
      const next = new Set(pinned);
      if (!next.delete(id)) next.add(id);
      return { pinned: next };
    }),
  setRaw: (raw) => set({ raw }),
}));

/** A placed column: where it begins and how wide it is (px). */
export interface PlacedColumn extends GridColumn {
  left: number;
  width: number;
  pinned: boolean;
}

/** The message is given at least so much (px); wrapped, what lies beyond the window would be lost to the eye. */
const LEAST_MESSAGE = 320;
const LEAST_WRAPPED = 160;

/** Pinned ones first; the message takes what is left, if it was not given a width. */
export function placed(
  columns: readonly GridColumn[],
  { widths, pinned }: Pick<Layout, 'widths' | 'pinned'>,
  viewport: number,
  wrap = false,
): PlacedColumn[] {
  const inOrder = [
    ...columns.filter(({ id }) => pinned.has(id)),
    ...columns.filter(({ id }) => !pinned.has(id)),
  ];
  const widthOf = ({ id, kind }: GridColumn): number => widths[id] ?? usualWidths[kind];
  const taken = inOrder.reduce(
    (sum, column) => sum + (column.kind === 'message' ? 0 : widthOf(column)),
    0,
  );
  let left = 0;
  return inOrder.map((column) => {
    const own = column.kind === 'message' && widths[column.id] === undefined;
    const width = own
      ? Math.max(wrap ? LEAST_WRAPPED : LEAST_MESSAGE, viewport - taken)
      : widthOf(column);
    const place = { ...column, left, width, pinned: pinned.has(column.id) };
    left += width;
    return place;
  });
}

/** The fields picked as columns, kept in the settings. */
export function usePickedFields(): readonly string[] {
  return useSettings((state) => state.settings?.logs.columns) ?? [];
}

export function pickFields(change: (fields: readonly string[]) => readonly string[]): void {
  const logs = useSettings.getState().settings?.logs;
  if (logs === undefined) return;
  saveSettings({ logs: { ...logs, columns: [...new Set(change(logs.columns))] } }).catch(
    (error: unknown) => showFailure(error, 'settings.update'),
  );
}

export const toggleField = (path: string): void =>
  pickFields((fields) =>
    fields.includes(path) ? fields.filter((one) => one !== path) : [...fields, path],
  );

/** One place to the left (-1) or right (1). */
export function moveField(path: string, by: -1 | 1): void {
  pickFields((fields) => {
    const at = fields.indexOf(path);
    const other = fields[at + by];
    if (at === -1 || other === undefined) return fields;
    return fields.map((one, i) => (i === at ? other : i === at + by ? path : one));
  });
}

export function setWrap(wrap: boolean): void {
  const logs = useSettings.getState().settings?.logs;
  if (logs === undefined) return;
  saveSettings({ logs: { ...logs, wrap } }).catch((error: unknown) =>
    showFailure(error, 'settings.update'),
  );
}
