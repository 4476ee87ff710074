import type { RetentionChange } from '../../../shared/logs/retention';
import { groupKey } from './audit-rows';

/** The key of the group that a change or its outcome is of. */
export const changeKey = ({
  connectionId,
  region,
  group,
}: Pick<RetentionChange, 'connectionId' | 'region' | 'group'>): string =>
  groupKey({ connectionId, region, name: group });
