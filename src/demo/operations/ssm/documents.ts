import { z } from 'zod';
import type { SsmDocument, SsmParameter } from '../../actions/ssm-model';
import { AwsError } from '../../errors';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';

export const ssmError = (code: string, message: string): AwsError =>
  new AwsError(code, message, 400, code, 'com.amazonaws.ssm');

export function findDocument(
  region: RegionStore,
  name: string,
  type: SsmDocument['type'] | null,
): SsmDocument {
  const document = region.resources.documents.get(name.split('/').at(-1) ?? name);
  if (document !== undefined && (type === null || document.type === type)) return document;
  throw type === 'Automation'
    ? ssmError('AutomationDefinitionNotFoundException', `Automation definition ${name} not found.`)
    : ssmError('InvalidDocument', `Document with name ${name} does not exist.`);
}

const identity = (document: SsmDocument): Record<string, unknown> => ({
  Name: document.name,
  Owner: document.owner,
  PlatformTypes: ['Linux', 'Windows', 'MacOS'],
  DocumentVersion: '1',
  DocumentType: document.type,
  SchemaVersion: document.type === 'Automation' ? '0.3' : '2.2',
  DocumentFormat: 'JSON',
});

const filter = z.object({ Key: z.string(), Values: z.array(z.string()).optional() });
const listInput = z.object({
  Filters: z.array(filter).optional(),
  MaxResults: z.number().int().min(1).max(50).optional(),
  NextToken: z.string().optional(),
});

export const listDocuments: Operation = ({ region }, body) => {
  const input = parseInput(listInput, body);
  const fits = (document: SsmDocument): boolean =>
    (input.Filters ?? []).every(({ Key, Values = [] }) => {
      if (Key === 'DocumentType') return Values.includes(document.type);
      if (Key === 'Name') return Values.some((start) => document.name.startsWith(start));
      if (Key === 'Owner') {
        return Values.some(
          (owner) => owner === 'All' || (owner === 'Self') === (document.owner !== 'Amazon'),
        );
      }
      throw ssmError('InvalidFilterKey', `The filter key ${Key} is not valid.`);
    });
  const all = [...region.resources.documents.values()].filter(fits);
  const from = Number(input.NextToken ?? 0);
  const next = from + (input.MaxResults ?? 25);
  return {
    DocumentIdentifiers: all.slice(from, next).map(identity),
    NextToken: next < all.length ? String(next) : undefined,
  };
};

const named = z.object({ Name: z.string() });

export const describeDocument: Operation = ({ region }, body) => {
  const document = findDocument(region, parseInput(named, body).Name, null);
  return {
    Document: {
      ...identity(document),
      Description: document.description,
      Status: 'Active',
      DefaultVersion: '1',
      LatestVersion: '1',
      CreatedDate: 1_700_000_000,
      Parameters: document.parameters.map(({ name, type, description, defaultValue }) => ({
        Name: name,
        Type: type,
        Description: description,
        DefaultValue: defaultValue ?? undefined,
      })),
    },
  };
};

function contentParameter(parameter: SsmParameter): Record<string, unknown> {
  const { type, description, defaultValue, allowedValues, allowedPattern } = parameter;
  const isText = type === 'String';
  const value: unknown =
    defaultValue === null ? undefined : isText ? defaultValue : JSON.parse(defaultValue);
  return { type, description, default: value, allowedValues, allowedPattern };
}

/** The document's text, with what `DescribeDocument` leaves out: allowed values and patterns. */
export const getDocument: Operation = ({ region }, body) => {
  const document = findDocument(region, parseInput(named, body).Name, null);
  const automation = document.type === 'Automation';
  const content = {
    schemaVersion: automation ? '0.3' : '2.2',
    description: document.description,
    parameters: Object.fromEntries(
      document.parameters.map((parameter) => [parameter.name, contentParameter(parameter)]),
    ),
    mainSteps: automation
      ? document.steps.map(({ name, action }) => ({ name, action, inputs: {} }))
      : [
          {
            action: 'aws:runShellScript',
            name: 'runShellScript',
            inputs: { runCommand: '{{ commands }}' },
          },
        ],
  };
  return {
    Name: document.name,
    DocumentVersion: '1',
    Status: 'Active',
    Content: JSON.stringify(content),
    DocumentType: document.type,
    DocumentFormat: 'JSON',
  };
};
