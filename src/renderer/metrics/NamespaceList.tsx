/** The namespaces of a place with how many metrics match in each. */
import type { NamespaceCount } from '../../shared/metrics/catalog';
import { safeText } from '../ui/safe-text';
import classes from './metrics.module.css';

interface Props {
  namespaces: NamespaceCount[];
  chosen: string | null;
  onChoose(namespace: string | null): void;
}

export function NamespaceList({ namespaces, chosen, onChoose }: Props) {
  const all = namespaces.reduce((sum, one) => sum + one.metrics, 0);
  const item = (name: string | null, label: string, count: number) => (
    <li key={name ?? ''}>
      <button
        type="button"
        aria-current={chosen === name ? 'true' : undefined}
        onClick={() => onChoose(name)}
      >
        <span className={classes['namespaceName']} title={label}>
          {label}
        </span>
        <span className={classes['count']}>{count.toLocaleString('en')}</span>
      </button>
    </li>
  );
  return (
    <nav className={classes['namespaces']} aria-label="Namespaces">
      <ul>
        {item(null, 'All namespaces', all)}
        {namespaces.map(({ namespace, metrics }) => item(namespace, safeText(namespace), metrics))}
      </ul>
    </nav>
  );
}
