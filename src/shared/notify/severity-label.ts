import { assertNever } from '../assert-never';
import type { Severity } from '../severity/severity';

/** The severity as a word for people. */
export function severityLabel(severity: Severity): string {
  switch (severity) {
    case 'critical':
      return 'Critical';
    case 'security':
      return 'Security';
    case 'warning':
      return 'Warning';
    case 'business':
      return 'Business';
    case 'info':
      return 'Info';
    default:
      return assertNever(severity);
  }
}
