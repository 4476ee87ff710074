import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { MouseEvent } from 'react';
import { safeText } from '../ui/safe-text';
import type { Plan, PlannedSeries } from './plan';
import { lastOf } from './summary';
import { formatValue } from './units';
import styles from './charts.module.css';

interface Props {
  plan: Plan;
  hidden: ReadonlySet<string>;
  onChange(hidden: ReadonlySet<string>): void;
}

/** From this many series on, only the lines in sight are on the page. */
const VIRTUAL_FROM = 60;
const LINE_PX = 20;

function toggled(hidden: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(hidden);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Only `key`, or everything again where it was alone already. */
function alone(plan: Plan, hidden: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const others = plan.series.map((each) => each.series.key).filter((each) => each !== key);
  const wasAlone = !hidden.has(key) && others.every((each) => hidden.has(each));
  return new Set(wasAlone ? [] : others);
}

function lastText(planned: PlannedSeries, plan: Plan): string {
  const { series } = planned;
  const last = lastOf(series, plan.model);
  if (last === null) return '–';
  return formatValue(
    last.value,
    series.unit ?? (series.axis === 'left' ? plan.left : plan.right).unit,
  );
}

function Entry({ planned, plan, hidden, onChange }: Props & { planned: PlannedSeries }) {
  const { key, label, note } = planned.series;
  const text = safeText(label);
  const last = lastText(planned, plan);
  const choose = (event: MouseEvent): void =>
    onChange(event.altKey ? alone(plan, hidden, key) : toggled(hidden, key));
  return (
    <button
      type="button"
      className={styles.legendEntry}
      aria-pressed={!planned.hidden}
      aria-label={`${text}, last ${last}`}
      title={`${text}${note === null ? '' : `\n${safeText(note)}`}\nAlt or double click: alone`}
      onClick={choose}
      onDoubleClick={() => onChange(alone(plan, hidden, key))}
    >
      <i
        style={{
          borderTop: `3px ${planned.dash.length > 0 ? 'dashed' : 'solid'} ${planned.color}`,
        }}
      />
      <span>{text}</span>
      {note !== null && <em aria-label={safeText(note)}>!</em>}
      <b>{last}</b>
    </button>
  );
}

/** The series as buttons: a click hides or shows, Alt or a double click leaves one alone. */
export function Legend({ plan, hidden, onChange }: Props) {
  const box = useRef<HTMLUListElement>(null);
  const entries = plan.series.filter((each) => each.shape !== 'edge');
  const many = entries.length > VIRTUAL_FROM;
  const virtual = useVirtualizer({
    count: many ? entries.length : 0,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_PX,
    overscan: 6,
  });
  return (
    <ul ref={box} className={many ? styles.legendMany : styles.legend} aria-label="Legend">
      {many ? (
        <li style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          <ul aria-label="Series in sight">
            {virtual.getVirtualItems().map(({ index, start }) => {
              const planned = entries[index];
              return planned === undefined ? null : (
                <li
                  key={planned.series.key}
                  className={styles.legendPlaced}
                  style={{ top: start }}
                  aria-setsize={entries.length}
                  aria-posinset={index + 1}
                >
                  <Entry planned={planned} plan={plan} hidden={hidden} onChange={onChange} />
                </li>
              );
            })}
          </ul>
        </li>
      ) : (
        entries.map((planned) => (
          <li key={planned.series.key}>
            <Entry planned={planned} plan={plan} hidden={hidden} onChange={onChange} />
          </li>
        ))
      )}
    </ul>
  );
}
