/** Groups, bytes and cost by verdict; pressed, a verdict's groups alone are listed. */
import { retentionVerdicts } from '../../../shared/logs/retention';
import type { RetentionAudit, RetentionVerdict, VerdictSum } from '../../../shared/logs/retention';
import { bytesText, countText, usdText } from '../insights/query-words';
import { verdictWords } from './audit-rows';
import classes from './retention.module.css';
import { useRetention } from './store';

export function Summary({ sums }: { sums: RetentionAudit['sums'] }) {
  const chosen = useRetention((state) => state.filter.verdicts);
  const { toggleVerdict } = useRetention.getState();
  return (
    <div className={classes['summary']}>
      <div className={classes['cards']} role="group" aria-label="Groups by state">
        {retentionVerdicts.map((verdict) => (
          <Card
            key={verdict}
            verdict={verdict}
            sum={sums[verdict]}
            pressed={chosen.has(verdict)}
            onPress={() => toggleVerdict(verdict)}
          />
        ))}
      </div>
      <p className={classes['total']}>{totalText(sums)}</p>
    </div>
  );
}

interface CardProps {
  verdict: RetentionVerdict;
  sum: VerdictSum;
  pressed: boolean;
  onPress(): void;
}

function Card({ verdict, sum, pressed, onPress }: CardProps) {
  return (
    <button
      type="button"
      className={classes['card']}
      aria-pressed={pressed}
      data-verdict={verdict}
      onClick={onPress}
    >
      <span className={classes['cardName']}>{verdictWords[verdict]}</span>
      <span className={classes['cardCount']}>{countText(sum.groups)}</span>
      <span className={classes['cardMore']}>
        {bytesText(sum.bytes)} · {usdText(sum.monthlyUsd)} a month
      </span>
    </button>
  );
}

/** What all of it costs and what the policy would change, with what the figures rest on. */
export function totalText(sums: RetentionAudit['sums']): string {
  const all = Object.values(sums);
  const add = (of: (sum: VerdictSum) => number): number =>
    all.reduce((total, sum) => total + of(sum), 0);
  const unsized = add((sum) => sum.unsized);
  const saved = -Math.min(0, sums['too-long'].changeUsd + sums['never-expires'].changeUsd);
  const more = Math.max(0, sums['too-short'].changeUsd);
  const parts = [
    `${bytesText(add((sum) => sum.bytes))} stored, ${usdText(add((sum) => sum.monthlyUsd))} a month.`,
    ...(saved > 0 ? [`The policy would save about ${usdText(saved)} a month.`] : []),
    ...(more > 0
      ? [
          `Keeping what is kept too short as long as it says would cost about ${usdText(more)} more.`,
        ]
      : []),
    ...(unsized > 0
      ? [`Of ${countText(unsized)} ${unsized === 1 ? 'group' : 'groups'} the size is not known.`]
      : []),
    'List price of us-east-1, $0.03 a GB and month: other regions differ by up to about half. CloudWatch counts stored bytes about once a day.',
  ];
  return parts.join(' ');
}
