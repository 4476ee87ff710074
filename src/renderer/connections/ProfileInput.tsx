import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask, toFailure } from '../bridge';
import { safeText } from '../ui/safe-text';
import styles from '../settings/settings.module.css';

/** The profiles of this computer, read anew whenever a form that needs them opens. */
export function useProfiles() {
  return useQuery({
    queryKey: ['profiles'],
    queryFn: () => ask('connections.scanProfiles', undefined),
    staleTime: 0,
  });
}

/** Malformed lines of the shared config files, and a scan that failed: each with its place. */
export function ProfileProblems() {
  const scan = useProfiles();
  if (scan.isError) {
    const failure = toFailure(scan.error, 'connections.scanProfiles');
    return (
      <p role="alert" className={styles.problem}>
        {safeText(`${failure.message} ${failure.advice}`)}
      </p>
    );
  }
  const problems = scan.data?.problems ?? [];
  if (problems.length === 0) return null;
  return (
    <div role="alert" className={styles.problem}>
      <ul className={styles.bare}>
        {problems.map((problem) => (
          <li key={`${problem.file}:${problem.line}`}>
            <span className={styles.mono}>
              {safeText(problem.file)}:{problem.line}
            </span>{' '}
            {safeText(problem.message)}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface Props {
  value: string;
  error?: string;
  onChange(profile: string, region: string | null): void;
}

/** A profile of the shared config files: picked, or typed when it will exist later. */
export function ProfileInput({ value, error, onChange }: Props) {
  const scan = useProfiles();
  const profiles = scan.data?.profiles ?? [];
  const found = profiles.find((profile) => profile.name === value);
  const count = profiles.length === 0 ? 'none found' : `${profiles.length} found`;
  const description = found
    ? `${found.method}${found.region === null ? '' : `, ${found.region}`}`
    : `From ~/.aws/config: ${scan.isPending ? 'reading…' : count}.`;
  return (
    <Autocomplete
      label="Profile"
      description={safeText(description)}
      data={[...new Set(profiles.map((profile) => profile.name))]}
      value={value}
      error={error}
      onChange={(name) =>
        onChange(name, profiles.find((profile) => profile.name === name)?.region ?? null)
      }
    />
  );
}
