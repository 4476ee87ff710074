import { TagsInput } from '@mantine/core';
import { suggestedRegions } from './connection-form';

interface Props {
  value: string[];
  error?: string;
  onChange(regions: string[]): void;
}

/** Regions to watch: chosen from the suggestions or typed; a comma or a space ends one. */
export function RegionsInput({ value, error, onChange }: Props) {
  return (
    <TagsInput
      label="Regions"
      description="Such as eu-central-1; each is watched on its own."
      data={[...suggestedRegions]}
      splitChars={[',', ' ']}
      acceptValueOnBlur
      clearable
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}
