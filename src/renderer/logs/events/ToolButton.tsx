import { Tooltip } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import classes from './events.module.css';

interface Props {
  label: string;
  icon: ReactNode;
  pressed?: boolean;
  onClick(): void;
  ref?: Ref<HTMLButtonElement>;
}

/** A small button of the grid's tools. */
export function ToolButton({ label, icon, pressed, onClick, ref }: Props) {
  return (
    <Tooltip label={label}>
      <button
        ref={ref}
        type="button"
        className={classes['tool']}
        aria-label={label}
        aria-pressed={pressed}
        onClick={onClick}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
