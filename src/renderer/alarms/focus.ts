/** Where the focus is put: the selected row, the filter, the detail. */
const FILTER_ID = 'alarm-filter';
const DETAIL_ID = 'alarm-detail-pane';

export const focusIds = { filter: FILTER_ID, detail: DETAIL_ID } as const;

/** Focuses the selected row once the list has scrolled to it. */
export function focusRow(): void {
  requestAnimationFrame(() => {
    const row = document.querySelector('[role="grid"] [role="row"][aria-selected="true"]');
    if (row instanceof HTMLElement) row.focus({ preventScroll: true });
  });
}

export function focusFilter(): void {
  const field = document.getElementById(FILTER_ID);
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}

export function focusDetail(): void {
  document.getElementById(DETAIL_ID)?.focus();
}
