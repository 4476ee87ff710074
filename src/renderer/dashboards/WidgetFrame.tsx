/** One widget of a dashboard: its frame, and what it shows once it is near enough to be seen. */
import { memo, useRef } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { Widget } from '../../shared/dashboards/dashboard';
import { ErrorBoundary } from '../shell/ErrorBoundary';
import { AlarmWidgetView } from './AlarmWidgetView';
import { ExplainedWidgetView } from './ExplainedWidgetView';
import { LogWidgetView } from './LogWidgetView';
import { MetricWidgetView } from './MetricWidgetView';
import { TextWidgetView } from './TextWidgetView';
import { usePage } from './page-context';
import { useDashboards } from './store';
import { useNear } from './use-near';
import { titleOf } from './widget-words';
import { safeText } from '../ui/safe-text';
import classes from './widget.module.css';

function Body({ widget, near, full }: { widget: Widget; near: boolean; full: boolean }) {
  switch (widget.kind) {
    case 'metric':
      return <MetricWidgetView widget={widget} near={near} full={full} />;
    case 'alarm':
      return <AlarmWidgetView widget={widget} full={full} />;
    case 'text':
      return <TextWidgetView widget={widget} full={full} />;
    case 'log':
      return <LogWidgetView widget={widget} near={near} full={full} />;
    case 'explained':
      return <ExplainedWidgetView widget={widget} full={full} />;
    default:
      return assertNever(widget);
  }
}

export const WidgetFrame = memo(function WidgetFrame({ widget }: { widget: Widget }) {
  const element = useRef<HTMLElement>(null);
  const { scroller } = usePage();
  const near = useNear(element, scroller);
  const focused = useDashboards((state) => state.focused === widget.id);
  const bare = widget.kind === 'text' && widget.background === 'transparent';
  return (
    <figure
      ref={element}
      data-widget={widget.id}
      data-bare={bare}
      data-focused={focused}
      className={classes['widget']}
      aria-label={safeText(titleOf(widget))}
      tabIndex={-1}
      style={{
        gridColumn: `${widget.x + 1} / span ${widget.width}`,
        gridRow: `${widget.y + 1} / span ${widget.height}`,
      }}
    >
      <ErrorBoundary what="This widget" resetKey={widget.id}>
        <Body widget={widget} near={near} full={false} />
      </ErrorBoundary>
    </figure>
  );
});

/** The same widget over the whole window; Escape goes back. */
export function FullWidget({ widget }: { widget: Widget }) {
  const title = safeText(titleOf(widget));
  return (
    <section className={classes['full']} aria-label={`Full screen: ${title}`}>
      <figure
        ref={(element) => element?.focus()}
        data-widget={widget.id}
        className={classes['widget']}
        aria-label={title}
        tabIndex={-1}
      >
        <ErrorBoundary what="This widget" resetKey={widget.id}>
          <Body widget={widget} near full />
        </ErrorBoundary>
      </figure>
    </section>
  );
}
