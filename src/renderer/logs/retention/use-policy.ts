import { defaultRetentionPolicy } from '../../../shared/logs/retention';
import type { RetentionPolicy } from '../../../shared/logs/retention';
import { useSettings } from '../../stores/settings';

/** The policy of the settings; the one that ships until they are known. */
export const usePolicy = (): RetentionPolicy =>
  useSettings((state) => state.settings?.logs.retentionPolicy ?? defaultRetentionPolicy);
