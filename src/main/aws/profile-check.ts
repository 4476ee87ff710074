/** Explains what is wrong with a profile before the SDK is asked, because the SDK's own words name no file. */
import type { Failure } from '../../shared/failure';
import { credentialMethod } from './profile-scan';
import type { SharedConfig } from './profile-scan';

/** Null when the profile looks usable. */
export function checkProfile(
  profile: string,
  config: SharedConfig,
  connection: { id: string; label: string },
): Failure | null {
  const settings = config.profiles.get(profile);
  const source = settings?.get('source_profile');
  const usable = settings !== undefined && credentialMethod(settings) !== 'no credentials';
  const missing = usable
    ? source !== undefined && !config.profiles.has(source)
      ? source
      : null
    : profile;
  if (missing === null) return null;
  const failure = { connectionId: connection.id, operation: 'credentials' };
  const [problem] = config.problems;
  if (problem !== undefined) {
    return {
      ...failure,
      kind: 'invalid',
      message: `${connection.label} cannot use the profile "${missing}": line ${problem.line} of ${problem.file} is malformed.`,
      advice: `${problem.message} Correct the line; Nightdesk reads the file again by itself.`,
    };
  }
  if (settings !== undefined && missing === profile) {
    return {
      ...failure,
      kind: 'credentials-missing',
      message: `The profile "${profile}" of ${connection.label} says nothing about credentials.`,
      advice: `Configure it, for example: aws configure sso --profile ${profile}`,
    };
  }
  const found = [...config.profiles.keys()].slice(0, 5).join(', ');
  return {
    ...failure,
    kind: 'credentials-missing',
    message: `There is no profile "${missing}" in the AWS config files for ${connection.label}.`,
    advice:
      found === ''
        ? 'No profile was found: run aws configure sso.'
        : `Choose another one; found: ${found}.`,
  };
}
