import type { ExplainedWidget } from '../../shared/dashboards/dashboard';
import { copyText } from '../alarms/actions';
import { safeMultiline, safeText } from '../ui/safe-text';
import { WidgetHead } from './WidgetHead';
import classes from './widget.module.css';

/** What is not drawn says what it is and why, with its definition to read and copy. */
export function ExplainedWidgetView({ widget, full }: { widget: ExplainedWidget; full: boolean }) {
  const copy = {
    label: 'Copy its definition',
    run: () => void copyText(widget.source, 'the definition'),
  };
  return (
    <>
      <WidgetHead widget={widget} full={full} actions={[copy]} />
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label="Explanation">
        <p className={classes['aside']}>
          <span className={classes['tag']}>{safeText(widget.what)}</span>{' '}
          {safeText(widget.sentence)}
        </p>
        <details open={full}>
          <summary>Its definition</summary>
          <pre className={classes['source']}>{safeMultiline(widget.source)}</pre>
        </details>
      </div>
    </>
  );
}
