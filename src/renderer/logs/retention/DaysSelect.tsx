/** The days CloudWatch takes, to choose from. */
import { Select } from '@mantine/core';
import { retentionChoices } from '../../../shared/logs/retention';
import type { RetentionDays } from '../../../shared/logs/retention';
import { daysText } from './audit-rows';

const FOR_EVER = 'never';

export const daysChoice = (days: RetentionDays): string =>
  days === null ? FOR_EVER : String(days);

export const daysChoices: { value: string; label: string; days: RetentionDays }[] = [
  ...retentionChoices.map((days) => ({ value: String(days), label: daysText(days), days })),
  { value: FOR_EVER, label: 'for ever', days: null },
];

interface Props {
  label: string;
  days: RetentionDays;
  onChange(days: RetentionDays): void;
}

export function DaysSelect({ label, days, onChange }: Props) {
  return (
    <Select
      size="xs"
      aria-label={label}
      allowDeselect={false}
      data={daysChoices.map(({ value, label: text }) => ({ value, label: text }))}
      value={daysChoice(days)}
      onChange={(value) => onChange(daysChoices.find((one) => one.value === value)?.days ?? null)}
    />
  );
}
