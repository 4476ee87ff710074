import { IconCircle, IconCircleFilled, IconHelp } from '@tabler/icons-react';
import type { CompositeNode } from '../../shared/alarms/alarm';
import { useNavigation } from '../stores/navigation';
import { safeText } from '../ui/safe-text';
import styles from './detail.module.css';

function stateText(node: CompositeNode): string {
  if (node.state === null) return 'not seen by this console';
  if (node.state === 'INSUFFICIENT_DATA') return 'no data';
  return node.firing ? 'ALARM, part of why' : node.state;
}

function NodeIcon({ node }: { node: CompositeNode }) {
  if (node.state === null) return <IconHelp size={12} aria-hidden color="var(--nd-faint)" />;
  if (node.state === 'ALARM') {
    return <IconCircleFilled size={10} aria-hidden color="var(--nd-critical)" />;
  }
  const color = node.state === 'OK' ? 'var(--nd-ok)' : 'var(--nd-idle)';
  return <IconCircle size={10} aria-hidden color={color} />;
}

function Branch({ node }: { node: CompositeNode }) {
  const showAlarm = useNavigation((state) => state.showAlarm);
  const { key } = node;
  return (
    <li>
      <div className={styles.node}>
        <NodeIcon node={node} />
        {key === null ? (
          <span>{safeText(node.name)}</span>
        ) : (
          <button type="button" onClick={() => showAlarm(key)}>
            {safeText(node.name)}
          </button>
        )}
        <span className={node.firing ? `${styles.state} ${styles.firing}` : styles.state}>
          {stateText(node)}
        </span>
      </div>
      {node.children.length > 0 && (
        <ul>
          {node.children.map((child, order) => (
            <Branch key={`${child.key ?? child.name}-${order}`} node={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** The composite's children, those that fire marked; a click opens the child. */
export function CompositeTree({ root }: { root: CompositeNode }) {
  return (
    <section className={styles.section} aria-labelledby="composite-heading">
      <h2 id="composite-heading">Made of</h2>
      {root.children.length === 0 ? (
        <p className={styles.quiet}>The rule names no alarm.</p>
      ) : (
        <ul className={styles.tree}>
          {root.children.map((child, order) => (
            <Branch key={`${child.key ?? child.name}-${order}`} node={child} />
          ))}
        </ul>
      )}
    </section>
  );
}
