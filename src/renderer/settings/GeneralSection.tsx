import type { Settings } from '../../shared/settings/settings';
import { DraftInput } from './DraftInput';
import { parseLength, parseOperator } from './parse-fields';
import { SectionHead } from './SectionHead';
import { useSaver } from './use-saver';
import styles from './settings.module.css';

const SECOND = 1_000;
const MINUTE = 60_000;

export function GeneralSection({ settings }: { settings: Settings }) {
  const { state, save } = useSaver();
  return (
    <>
      <SectionHead title="General" intro="Who you are, and how often AWS is asked." state={state} />
      <div className={styles.stack}>
        <DraftInput
          label="Your name"
          description="Written on acknowledgements, snoozes and notes."
          value={settings.operator}
          parse={parseOperator}
          onSave={(operator) => save({ operator })}
        />
        <DraftInput
          label="Poll firing alarms every (seconds)"
          description="10 to 600. 30 finds a change soon and stays far from AWS's limits."
          width={260}
          value={String(settings.pollIntervalMs / SECOND)}
          parse={(text) => parseLength(text, SECOND, 10, 600)}
          onSave={(pollIntervalMs) => save({ pollIntervalMs })}
        />
        <DraftInput
          label="Read every alarm every (minutes)"
          description="1 to 60. Finds new, deleted and reconfigured alarms."
          width={260}
          value={String(settings.sweepIntervalMs / MINUTE)}
          parse={(text) => parseLength(text, MINUTE, 1, 60)}
          onSave={(sweepIntervalMs) => save({ sweepIntervalMs })}
        />
      </div>
    </>
  );
}
