import { Radio, Stack } from '@mantine/core';
import type { Settings } from '../../shared/settings/settings';
import { settingsSchema } from '../../shared/settings/settings';
import { formatFull, useNow } from '../ui/time';
import { SectionHead } from './SectionHead';
import { useSaver } from './use-saver';
import styles from './settings.module.css';

export function AppearanceSection({ settings }: { settings: Settings }) {
  const { state, save } = useSaver();
  const now = useNow(1_000);
  return (
    <>
      <SectionHead title="Appearance" intro="How the window looks and tells time." state={state} />
      <div className={styles.stack}>
        <Radio.Group
          label="Theme"
          value={settings.theme}
          onChange={(value) => {
            const theme = settingsSchema.shape.theme.safeParse(value);
            if (theme.success) void save({ theme: theme.data });
          }}
        >
          <Stack gap={8} mt={8}>
            <Radio value="system" label="As the system" />
            <Radio value="dark" label="Dark" />
            <Radio value="light" label="Light" />
          </Stack>
        </Radio.Group>
        <Radio.Group
          label="Time zone"
          description="Every time on show is in this one zone."
          value={settings.timeZone}
          onChange={(value) => {
            const zone = settingsSchema.shape.timeZone.safeParse(value);
            if (zone.success) void save({ timeZone: zone.data });
          }}
        >
          <Stack gap={8} mt={8}>
            <Radio value="local" label={`Local · ${formatFull(now, 'local')}`} />
            <Radio value="utc" label={`UTC · ${formatFull(now, 'utc')}`} />
          </Stack>
        </Radio.Group>
      </div>
    </>
  );
}
