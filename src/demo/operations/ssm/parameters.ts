import type { SsmDocument, SsmParameter } from '../../actions/ssm-model';

/** What is wrong with the parameters given to a document, in a sentence; null when nothing is. */
export function wrongParameter(
  document: SsmDocument,
  given: Readonly<Record<string, string[]>>,
): string | null {
  const known = new Set(document.parameters.map(({ name }) => name));
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  if (unknown.length > 0) return `Unknown parameters: [${unknown.join(', ')}]`;
  for (const parameter of document.parameters) {
    const values = given[parameter.name];
    if (values === undefined) {
      if (parameter.defaultValue !== null) continue;
      return `Parameter "${parameter.name}" is required but was not provided.`;
    }
    const wrong = wrongValue(parameter, values);
    if (wrong !== null) return wrong;
  }
  return null;
}

function wrongValue(parameter: SsmParameter, values: readonly string[]): string | null {
  const { name, type, allowedPattern, allowedValues } = parameter;
  if (type !== 'StringList' && type !== 'MapList' && values.length !== 1) {
    return `Parameter "${name}" of type ${type} takes one value, ${values.length} were given.`;
  }
  const pattern = allowedPattern === undefined ? null : new RegExp(`^(?:${allowedPattern})$`);
  for (const value of values) {
    if (!isOfType(type, value)) {
      return `Parameter "${name}" has value "${value}" that is not of type ${type}.`;
    }
    if (allowedValues !== undefined && !allowedValues.includes(value)) {
      return `Parameter "${name}" has value "${value}" not in allowedValues [${allowedValues.join(', ')}].`;
    }
    if (pattern !== null && !pattern.test(value)) {
      return `Parameter "${name}" has value "${value}" not matching allowedPattern: ${allowedPattern ?? ''}`;
    }
  }
  return null;
}

function isOfType(type: SsmParameter['type'], value: string): boolean {
  switch (type) {
    case 'String':
    case 'StringList':
      return true;
    case 'Boolean':
      return value === 'true' || value === 'false';
    case 'Integer':
      return /^-?\d+$/.test(value);
    case 'MapList':
    case 'StringMap':
      return isObject(value);
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
