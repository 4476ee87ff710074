import type { LogWidget } from '../../shared/dashboards/dashboard';
import { assertNever } from '../../shared/assert-never';
import { copyText } from '../alarms/actions';
import { safeMultiline, safeText } from '../ui/safe-text';
import { WidgetHead } from './WidgetHead';
import classes from './widget.module.css';

function languageName(language: LogWidget['language']): string {
  switch (language) {
    case 'CWLI':
      return 'Logs Insights';
    case 'PPL':
      return 'OpenSearch PPL';
    case 'SQL':
      return 'OpenSearch SQL';
    default:
      return assertNever(language);
  }
}

/** Shows what it would ask: searching logs is not part of this version. */
export function LogWidgetView({ widget, full }: { widget: LogWidget; full: boolean }) {
  const copy = { label: 'Copy the query', run: () => void copyText(widget.query, 'the query') };
  const groups = widget.logGroups.map(safeText).join(', ');
  return (
    <>
      <WidgetHead widget={widget} full={full} actions={[copy]} />
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label="Log query">
        <p className={classes['aside']}>
          Searching logs is not in this version: this is the {languageName(widget.language)} query
          it would run{groups === '' ? '.' : ` on ${groups}.`}
        </p>
        <pre className={classes['source']}>{safeMultiline(widget.query)}</pre>
        <button type="button" className={classes['retry']} onClick={copy.run}>
          Copy the query
        </button>
      </div>
    </>
  );
}
