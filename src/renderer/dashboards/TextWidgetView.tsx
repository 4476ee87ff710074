import { lazy, Suspense } from 'react';
import type { TextWidget } from '../../shared/dashboards/dashboard';
import { copyText } from '../alarms/actions';
import { WidgetHead } from './WidgetHead';
import classes from './widget.module.css';

const Markdown = lazy(async () => ({ default: (await import('./Markdown')).Markdown }));

/** A text of the dashboard's author; nothing in it runs or loads. */
export function TextWidgetView({ widget, full }: { widget: TextWidget; full: boolean }) {
  const copy = { label: 'Copy the text', run: () => void copyText(widget.markdown, 'the text') };
  return (
    <>
      <WidgetHead widget={widget} full={full} actions={[copy]} />
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label="Text">
        <Suspense fallback={null}>
          <Markdown text={widget.markdown} />
        </Suspense>
      </div>
    </>
  );
}
