/** References written inside plain texts: CloudFormation's dynamic ones and those of the Serverless framework. */
import type { Inputs } from './inputs';
import { placeholder, unresolved } from './inputs';

const RESOLVE = '{{resolve:';
const FRAMEWORK = /^(?:self|opt|env|sls|ssm|cf|file|param|aws|s3)\b[:(.]/;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
export function resolveMarks(text: string, inputs: Inputs): string {
  const resolved = text.includes(RESOLVE)
    ? replaceMarks(text, RESOLVE, '}}', (inner) => dynamicReference(inner, inputs))
    : text;
  if (!resolved.includes('${')) return resolved;
  return replaceMarks(resolved, '${', '}', (inner) => {
    const name = inner.trim();
    if (!FRAMEWORK.test(name)) return null;
    const question = unresolved(name, 'Filled in by the Serverless framework.');
    return inputs.ask(name, () => question) ?? placeholder(name);
  });
}

/**
 * Replaces what stands between two marks, in one pass; null from `replace` leaves it as it is.
 * An opening mark without its closing one is text.
 */
export function replaceMarks(
  text: string,
  open: string,
  close: string,
  replace: (inner: string) => string | null,
): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(open); at !== -1; at = text.indexOf(open, from)) {
    const end = text.indexOf(close, at + open.length);
    if (end === -1) break;
    const replaced = replace(text.slice(at + open.length, end));
    pieces.push(text.slice(from, at), replaced ?? text.slice(at, end + close.length));
    from = end + close.length;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

function dynamicReference(inner: string, inputs: Inputs): string {
  const colon = inner.indexOf(':');
  const service = inner.slice(0, colon);
  const name = inner.slice(colon + 1);
  // Secrets are never asked for: answers are kept on disk.
  if (service !== 'ssm') return placeholder(name);
  const id = `${RESOLVE}${inner}}}`;
  const question = unresolved(name, 'Kept in the parameter store under this name.');
  return inputs.ask(id, () => question) ?? placeholder(name);
}
