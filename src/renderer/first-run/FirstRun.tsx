import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Connection } from '../../shared/connections/connection';
import { ask, toFailure } from '../bridge';
import { draftFromProfile, emptyDraft } from '../connections/connection-form';
import type { ConnectionDraft } from '../connections/connection-form';
import { ConnectionEditor } from '../connections/ConnectionEditor';
import { ProfileProblems, useProfiles } from '../connections/ProfileInput';
import { useSettings } from '../stores/settings';
import { loadEverything } from '../stores/wire';
import { safeText } from '../ui/safe-text';
import styles from './first-run.module.css';

const noConnections: Connection[] = [];
/** More profiles than these are picked in the form, where they can be searched. */
const PROFILES_SHOWN = 8;

function FoundProfiles({ onConnect }: { onConnect(draft: ConnectionDraft): void }) {
  const scan = useProfiles();
  const profiles = scan.data?.profiles ?? [];
  return (
    <>
      {profiles.length > 0 && <h2 className={styles.found}>Profiles on this computer</h2>}
      {profiles.length > 0 && (
        <ul className={styles.profiles}>
          {profiles.slice(0, PROFILES_SHOWN).map((profile) => (
            <li key={profile.name}>
              <span>
                {safeText(profile.name)}
                <small>
                  {safeText([profile.method, profile.region].filter(Boolean).join(' · '))}
                </small>
              </span>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Connect ${safeText(profile.name)}`}
                onClick={() => onConnect(draftFromProfile(profile, noConnections))}
              >
                Connect
              </Button>
            </li>
          ))}
          {profiles.length > PROFILES_SHOWN && (
            <li>
              <span>{profiles.length - PROFILES_SHOWN} more under “Connect AWS”.</span>
            </li>
          )}
        </ul>
      )}
      <ProfileProblems />
    </>
  );
}

function Ways({ onConnect }: { onConnect(draft: ConnectionDraft): void }) {
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function exploreDemo(): Promise<void> {
    setStarting(true);
    setProblem(null);
    try {
      await ask('app.chooseDemo', undefined);
      await loadEverything();
    } catch (error) {
      const failure = toFailure(error, 'app.chooseDemo');
      setProblem(`${failure.message} ${failure.advice}`);
    } finally {
      setStarting(false);
    }
  }
  return (
    <>
      <h1>Nightdesk</h1>
      <p className={styles.lead}>
        Watches your CloudWatch alarms, tells you what broke, and keeps telling until somebody has
        it. It uses your own credentials and asks no server but AWS.
      </p>
      <div className={styles.ways}>
        <div className={styles.way}>
          <h2>Your alarms</h2>
          <p>Pick a profile and its regions. Nightdesk only reads, unless you say otherwise.</p>
          <Button onClick={() => onConnect(emptyDraft(noConnections))}>Connect AWS</Button>
        </div>
        <div className={styles.way}>
          <h2>Look around first</h2>
          <p>
            Two made-up production systems on this computer, with incidents to play. No account. The
            alarms listed now are theirs.
          </p>
          <Button variant="default" loading={starting} onClick={() => void exploreDemo()}>
            Explore the demo
          </Button>
        </div>
      </div>
      {problem !== null && (
        <p role="alert" style={{ color: 'var(--nd-critical-text)' }}>
          {safeText(problem)}
        </p>
      )}
      <FoundProfiles onConnect={onConnect} />
    </>
  );
}

/** The first thing a new user sees: connect an account or explore the demo. */
export function FirstRun() {
  const [draft, setDraft] = useState<ConnectionDraft | null>(null);
  const hasSettings = useSettings((state) => state.settings !== null);
  return (
    <section className={styles.page} aria-label="Welcome">
      <div className={styles.column}>
        {draft === null || !hasSettings ? (
          <Ways onConnect={setDraft} />
        ) : (
          <>
            <h1>Connect AWS</h1>
            <p className={styles.lead}>
              Try “Test” before saving: it names every permission that is missing.
            </p>
            <ConnectionEditor
              initial={draft}
              saveLabel="Save and start watching"
              onDone={() => void loadEverything()}
              onCancel={() => setDraft(null)}
            />
          </>
        )}
      </div>
    </section>
  );
}
