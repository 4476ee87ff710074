/** Steps that run here rather than in an account. */
import type { Clock } from '../../../../shared/clock';
import { GuardedHttp } from '../../../net/guarded-http';
import type { HttpAsker } from '../../../net/guarded-http';
import { anyHandler } from '../../step-seams';
import type { StepHandlers } from '../../step-seams';
import { askPerson } from './ask';
import { httpRequest } from './http-request';
import { note } from './note';
import { script } from './script';

export { Integrations } from './integrations/integrations';
export type { IntegrationsInit } from './integrations/integrations';

export interface LocalParts {
  clock: Clock;
  /** What asks over HTTP; the guarded one of the product unless another is given. */
  http?: HttpAsker;
  platform: NodeJS.Platform;
}

export type LocalKind = 'http-request' | 'script' | 'ask' | 'note';

export function localHandlers(parts: LocalParts): Pick<StepHandlers, LocalKind> {
  const http = parts.http ?? new GuardedHttp({ clock: parts.clock });
  return {
    'http-request': anyHandler(httpRequest(http)),
    script: anyHandler(script(parts.platform)),
    ask: anyHandler(askPerson),
    note: anyHandler(note),
  };
}
