/** What each kind of failure says to people, and what it tells them to do next. */
import { assertNever } from '../../shared/assert-never';
import type { FailureKind } from '../../shared/failure';
import type { ErrorFacts } from './error-facts';

export interface WordsContext {
  connectionLabel: string;
  operation: string;
  region: string | null;
  skewMs: number | null;
  profile: string | null;
  /** The IAM action that is missing. */
  action: string;
}

interface Words {
  message: string;
  advice: string;
}

export function failureWords(kind: FailureKind, facts: ErrorFacts, context: WordsContext): Words {
  const { connectionLabel: label, operation } = context;
  const where = context.region === null ? '' : ` in ${context.region}`;
  switch (kind) {
    case 'credentials-expired':
      return expired(context);
    case 'credentials-missing':
      return missing(facts, context);
    case 'denied':
      return denied(facts, context, where);
    case 'throttled':
      return {
        message: `AWS is limiting how fast ${label} may call ${operation}${where}.`,
        advice: 'Nothing to do: Nightdesk slows down and tries again by itself.',
      };
    case 'offline':
      return offline(facts, context, where);
    case 'timed-out':
      return {
        message: `AWS did not answer ${operation} for ${label}${where} in time.`,
        advice: 'Check the network and VPN; Nightdesk keeps trying.',
      };
    case 'clock-wrong':
      return clockWrong(context);
    case 'not-found':
      return {
        message: `What ${operation} asked for does not exist in ${label}${where}: ${said(facts)}.`,
        advice: 'It may have been deleted; refresh, and check the region and the queue address.',
      };
    case 'invalid':
      return invalid(facts, context, where);
    case 'cancelled':
      return { message: `${operation} was cancelled.`, advice: 'Ask again when you need it.' };
    case 'read-only':
    case 'paused':
      // The console's own refusals carry their own words and never come from AWS.
      return unknown(facts, context, where);
    case 'unknown':
      return unknown(facts, context, where);
    default:
      return assertNever(kind);
  }
}

function expired({ connectionLabel, profile }: WordsContext): Words {
  const login =
    profile === null
      ? 'Sign in again'
      : `Sign in again, for example: aws sso login --profile ${profile}`;
  return {
    message: `The sign-in of ${connectionLabel} has expired.`,
    advice: `${login}. Nightdesk notices by itself; no restart is needed.`,
  };
}

function missing(facts: ErrorFacts, { connectionLabel, profile }: WordsContext): Words {
  const source = profile === null ? 'the default credential chain' : `the profile "${profile}"`;
  return facts.fromCredentials
    ? {
        message: `No credentials for ${connectionLabel} could be had from ${source}.`,
        advice:
          'Check it with: aws sts get-caller-identity' +
          (profile === null ? '.' : ` --profile ${profile}.`),
      }
    : {
        message: `AWS does not accept the credentials of ${connectionLabel}.`,
        advice: `Check that the key in ${source} still exists and is active.`,
      };
}

function denied(facts: ErrorFacts, context: WordsContext, where: string): Words {
  if (/MultiFactorAuthentication failed/i.test(facts.text)) {
    return {
      message: `The MFA code for ${context.connectionLabel} was not accepted.`,
      advice: 'Enter the next code your device shows; one code works only once.',
    };
  }
  return {
    message: `${context.connectionLabel} may not call ${context.action}${where}.`,
    advice: `Ask for ${context.action} to be allowed; docs/iam-policy.json lists all that is needed.`,
  };
}

function offline(facts: ErrorFacts, { connectionLabel }: WordsContext, where: string): Words {
  if (facts.certificate) {
    return {
      message: `The certificate of AWS's endpoint for ${connectionLabel}${where} is not trusted.`,
      advice:
        'A proxy may be in between: set NODE_EXTRA_CA_CERTS to its certificate and start again.',
    };
  }
  const unknownName = facts.codes.has('ENOTFOUND') || facts.codes.has('EAI_AGAIN');
  const refused = facts.codes.has('ECONNREFUSED');
  const why = unknownName
    ? 'its name cannot be resolved'
    : refused
      ? 'nothing answers at that address'
      : 'the connection broke';
  return {
    message: `AWS cannot be reached for ${connectionLabel}${where}: ${why}.`,
    advice:
      'Check the network, the VPN and the endpoint of this connection; Nightdesk keeps trying.',
  };
}

function clockWrong({ connectionLabel, skewMs }: WordsContext): Words {
  const minutes = skewMs === null ? 0 : Math.round(Math.abs(skewMs) / 60_000);
  const off =
    skewMs === null || minutes === 0
      ? 'differs too much from'
      : `is ${minutes} min ${skewMs > 0 ? 'behind' : 'ahead of'}`;
  return {
    message: `This computer's clock ${off} AWS's, so AWS refuses the calls of ${connectionLabel}.`,
    advice: 'Set the clock of this computer, best by switching on automatic time.',
  };
}

function invalid(facts: ErrorFacts, context: WordsContext, where: string): Words {
  const unreadable = ['SyntaxError', 'TypeError', 'RangeError', 'OversizedAnswer'].some((name) =>
    facts.codes.has(name),
  );
  if (!unreadable) {
    return {
      message: `AWS did not accept ${context.operation} for ${context.connectionLabel}${where}: ${said(facts)}.`,
      advice: 'Refresh; if it stays, check the settings of this connection.',
    };
  }
  const what = facts.codes.has('OversizedAnswer') ? 'is too large to be genuine' : 'cannot be read';
  return {
    message: `The answer to ${context.operation} for ${context.connectionLabel}${where} ${what}.`,
    advice:
      'Something other than AWS may be answering: check the endpoint, proxy or captive portal.',
  };
}

function unknown(facts: ErrorFacts, context: WordsContext, where: string): Words {
  if (facts.status !== null && facts.status >= 500) {
    return {
      message: `AWS had a fault of its own (HTTP ${facts.status}) in ${context.operation} for ${context.connectionLabel}${where}.`,
      advice: 'Nightdesk keeps trying; see the AWS Health Dashboard if it lasts.',
    };
  }
  return {
    message: `${context.operation} failed for ${context.connectionLabel}${where}: ${said(facts)}.`,
    advice: 'Try again; if it stays, test the connection in the settings.',
  };
}

function said(facts: ErrorFacts): string {
  const words = facts.text === '' ? [...facts.codes].join(', ') : facts.text;
  return words === '' ? 'no reason was given' : words.slice(0, 200).replace(/[.\s]+$/, '');
}
