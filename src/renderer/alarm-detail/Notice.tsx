import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './detail.module.css';

/** Something about this alarm that makes what is on show less than it seems. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className={styles.notice} role="note">
      <IconAlertTriangle size={16} aria-hidden />
      <p>{children}</p>
    </div>
  );
}
