import { severityLabel } from '../../shared/notify/severity-label';
import type { Severity } from '../../shared/severity/severity';
import styles from './detail.module.css';

/** The severity as a word on its colour. */
export function SeverityTag({ severity }: { severity: Severity }) {
  return (
    <span
      className={styles.tag}
      style={{
        color: `var(--nd-${severity}-text)`,
        background: `var(--nd-${severity}-bg)`,
      }}
    >
      {severityLabel(severity)}
    </span>
  );
}
