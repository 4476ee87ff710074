/** Steps that run here rather than in an account, and `wait-for`, which only looks. */
import type { Clock } from '../../../../shared/clock';
import type { OpenRequest } from '../../../../shared/runbooks/open-target';
import { GuardedHttp } from '../../../net/guarded-http';
import type { HttpAsker } from '../../../net/guarded-http';
import { anyHandler } from '../../step-seams';
import type { StepHandlers } from '../../step-seams';
import { askPerson } from './ask';
import { check } from './check';
import { httpRequest } from './http-request';
import type { Integrations } from './integrations/integrations';
import { note } from './note';
import { notify } from './notify';
import type { Popup } from './notify';
import { openPlace } from './open';
import { pageSomeone } from './page-someone';
import { script } from './script';
import type { WaitParts } from './wait-alarm';
import { waitFor } from './wait-for';

export { Integrations } from './integrations/integrations';
export type { IntegrationsInit } from './integrations/integrations';

export interface LocalParts extends WaitParts {
  clock: Clock;
  platform: NodeJS.Platform;
  integrations: Integrations;
  /** A notification of the console. */
  popup: Popup;
  /** Asks the window; never called for a run that nobody started. */
  open: (request: OpenRequest) => void;
  /** What asks over HTTP; the guarded one of the product unless another is given. */
  http?: HttpAsker;
}

export type LocalKind =
  | 'http-request'
  | 'script'
  | 'check'
  | 'wait-for'
  | 'ask'
  | 'note'
  | 'open'
  | 'notify'
  | 'page-someone';

export function localHandlers(parts: LocalParts): Pick<StepHandlers, LocalKind> {
  const http = parts.http ?? new GuardedHttp({ clock: parts.clock });
  return {
    'http-request': anyHandler(httpRequest(http)),
    script: anyHandler(script(parts.platform)),
    check: anyHandler(check),
    'wait-for': anyHandler(waitFor(parts)),
    ask: anyHandler(askPerson),
    note: anyHandler(note),
    open: anyHandler(openPlace(parts.open)),
    notify: anyHandler(notify(parts.integrations, parts.popup)),
    'page-someone': anyHandler(pageSomeone(parts.integrations)),
  };
}
