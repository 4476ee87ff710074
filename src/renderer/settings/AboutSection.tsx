import { Button } from '@mantine/core';
import { copyText } from '../alarms/actions';
import { useApp } from '../stores/app';
import { useDialogs } from '../stores/dialogs';
import { SectionHead } from './SectionHead';
import styles from './settings.module.css';

export function AboutSection() {
  const { version, platform, demo } = useApp();
  const show = useDialogs((state) => state.show);
  const about = `Nightdesk ${version} on ${platform}${demo ? ', demo' : ''}`;
  return (
    <>
      <SectionHead title="About" intro={about} />
      <div className={styles.stack}>
        <p>
          Nightdesk reads AWS with your own credentials and keeps its journal on this computer. It
          has no server and sends nothing to anybody but AWS.
        </p>
        <div className={styles.row}>
          <Button size="xs" variant="default" onClick={() => show({ kind: 'help' })}>
            Keyboard
          </Button>
          <Button size="xs" variant="default" onClick={() => void copyText(about, 'the version')}>
            Copy the version
          </Button>
        </div>
      </div>
    </>
  );
}
