/** What a runbook or step may do to the world: an icon and a word, and a colour where it does more than look. */
import { IconAlertTriangle, IconEye, IconPencil } from '@tabler/icons-react';
import type { StepClass } from '../../../shared/runbooks/step';
import { classMeanings, classWords } from '../run-words';
import classes from './page.module.css';

const icons = { reads: IconEye, changes: IconPencil, destroys: IconAlertTriangle } as const;

export function ClassTag({ of }: { of: StepClass }) {
  const Icon = icons[of];
  return (
    <span className={classes['class']} data-class={of} title={classMeanings[of]}>
      <Icon size={12} aria-hidden />
      {classWords[of]}
    </span>
  );
}
