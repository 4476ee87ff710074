/** The 24-column grid; every widget has its frame, and only those near the sight ask and draw. */
import { useEffect, useMemo } from 'react';
import type { RefObject } from 'react';
import type { Dashboard } from '../../shared/dashboards/dashboard';
import { safeText } from '../ui/safe-text';
import { useDashboards } from './store';
import { FullWidget, WidgetFrame } from './WidgetFrame';
import { inReadingOrder } from './widget-words';
import classes from './page.module.css';

interface Props {
  dashboard: Dashboard;
  scroller: RefObject<HTMLDivElement | null>;
}

export function WidgetGrid({ dashboard, scroller }: Props) {
  const widgets = useMemo(() => inReadingOrder(dashboard.widgets), [dashboard.widgets]);
  const full = useDashboards((state) => state.full);
  useEffect(() => {
    useDashboards.getState().setOrder(widgets.map(({ id }) => id));
  }, [widgets]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    // Whatever has the focus, its widget is the one that the keys are for.
    const onFocus = (event: FocusEvent): void => {
      const within = event.target instanceof Element ? event.target.closest('[data-widget]') : null;
      const id = within?.getAttribute('data-widget') ?? '';
      if (id !== '') useDashboards.getState().focus(id);
    };
    element.addEventListener('focusin', onFocus);
    return () => element.removeEventListener('focusin', onFocus);
  }, [scroller]);
  const shown = full === null ? undefined : widgets.find(({ id }) => id === full);
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      role="region"
      aria-label={`Widgets of ${safeText(dashboard.name)}`}
      tabIndex={0}
      data-widget=""
    >
      {widgets.length === 0 && <p className={classes['waiting']}>This dashboard has no widgets.</p>}
      <div className={classes['grid']} inert={shown !== undefined}>
        {widgets.map((widget) => (
          <WidgetFrame key={widget.id} widget={widget} />
        ))}
      </div>
      {shown !== undefined && <FullWidget key={shown.id} widget={shown} />}
    </div>
  );
}
