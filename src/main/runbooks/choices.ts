/** What an input can be chosen from: names of the account, sorted; ARNs of what is known by its ARN. */
import { assertNever } from '../../shared/assert-never';
import type { inputSources } from '../../shared/runbooks/runbook';
import type { RunbookReads } from '../aws/runbook-api';

type Source = (typeof inputSources)[number];

/** More than anybody looks through; a longer prefix shows the rest. */
export const MOST_CHOICES = 1_000;
const MAX_PAGES = 60;

interface Page {
  names: (string | undefined)[];
  next: string | undefined;
}

/**
 * At most 1,000. Names begin with `prefix`; of an ARN it is the name at its end that does.
 * Rejects with `AwsFailure`.
 */
export async function choicesOf(
  reads: RunbookReads,
  from: Source,
  prefix: string,
  signal: AbortSignal,
): Promise<string[]> {
  const found = new Set<string>();
  for (const ask of asks(reads, from, prefix, signal)) {
    let next: string | undefined;
    for (let page = 0; page < MAX_PAGES && found.size < MOST_CHOICES; page += 1) {
      const answer = await ask(next);
      for (const name of answer.names) {
        if (name !== undefined && nameIn(name).startsWith(prefix)) found.add(name);
      }
      next = answer.next;
      if (next === undefined || next === '') break;
    }
  }
  return [...found].sort((a, b) => a.localeCompare(b, 'en')).slice(0, MOST_CHOICES);
}

const nameIn = (reference: string): string =>
  reference.startsWith('arn:') ? (reference.split(/[:/]/).at(-1) ?? reference) : reference;

type AskPage = (next: string | undefined) => Promise<Page>;

/** Lists that together are the source. */
function* asks(
  reads: RunbookReads,
  from: Source,
  prefix: string,
  signal: AbortSignal,
): Generator<AskPage> {
  switch (from) {
    case 'ssm-documents':
      // The account's own first: AWS has hundreds.
      yield documents(reads, 'Self', prefix, signal);
      yield documents(reads, 'Amazon', prefix, signal);
      return;
    case 'ecs-services':
      yield (next) => services(reads, next, signal);
      return;
    case 'lambda-functions':
    case 'ecs-clusters':
    case 'rds-instances':
    case 'dynamodb-tables':
    case 'log-groups':
    case 'alarms':
    case 'state-machines':
    case 'sns-topics':
      yield (next) => simple(reads, from, prefix, next, signal);
      return;
    default:
      assertNever(from);
  }
}

async function simple(
  reads: RunbookReads,
  from: Exclude<Source, 'ssm-documents' | 'ecs-services'>,
  prefix: string,
  next: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  switch (from) {
    case 'lambda-functions': {
      const { Functions = [], NextMarker } = await reads.listFunctions({ Marker: next }, signal);
      return { names: Functions.map((one) => one.FunctionName), next: NextMarker };
    }
    case 'ecs-clusters': {
      const { clusterArns = [], nextToken } = await reads.listClusters({ nextToken: next }, signal);
      return { names: clusterArns.map(nameIn), next: nextToken };
    }
    case 'rds-instances': {
      const answer = await reads.describeDatabases({ Marker: next }, signal);
      const names = (answer.DBInstances ?? []).map((one) => one.DBInstanceIdentifier);
      return { names, next: answer.Marker };
    }
    case 'dynamodb-tables': {
      const answer = await reads.listTables(next, signal);
      return { names: answer.TableNames ?? [], next: answer.LastEvaluatedTableName };
    }
    case 'log-groups': {
      const named = prefix === '' ? {} : { logGroupNamePrefix: prefix };
      const answer = await reads.describeLogGroups(
        { ...named, nextToken: next, limit: 50 },
        signal,
      );
      return {
        names: (answer.logGroups ?? []).map((one) => one.logGroupName),
        next: answer.nextToken,
      };
    }
    case 'alarms': {
      const answer = await reads.alarmsFrom({ prefix, token: next }, signal);
      const { MetricAlarms = [], CompositeAlarms = [], NextToken } = answer;
      return {
        names: [...MetricAlarms, ...CompositeAlarms].map((one) => one.AlarmName),
        next: NextToken,
      };
    }
    case 'state-machines': {
      const answer = await reads.listStateMachines({ nextToken: next }, signal);
      const names = (answer.stateMachines ?? []).map((one) => one.stateMachineArn);
      return { names, next: answer.nextToken };
    }
    case 'sns-topics': {
      const { Topics = [], NextToken } = await reads.listTopics(next, signal);
      return { names: Topics.map((one) => one.TopicArn), next: NextToken };
    }
    default:
      return assertNever(from);
  }
}

const documents =
  (reads: RunbookReads, owner: 'Self' | 'Amazon', prefix: string, signal: AbortSignal): AskPage =>
  async (next) => {
    const filters = [
      { Key: 'Owner', Values: [owner] },
      { Key: 'DocumentType', Values: ['Automation', 'Command'] },
      ...(prefix === '' ? [] : [{ Key: 'Name', Values: [prefix] }]),
    ];
    const answer = await reads.listDocuments(
      { Filters: filters, MaxResults: 50, NextToken: next },
      signal,
    );
    return {
      names: (answer.DocumentIdentifiers ?? []).map((one) => one.Name),
      next: answer.NextToken,
    };
  };

/** Of one page of clusters, all of their services. */
async function services(
  reads: RunbookReads,
  next: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const { clusterArns = [], nextToken } = await reads.listClusters({ nextToken: next }, signal);
  const names: string[] = [];
  for (const cluster of clusterArns) {
    let token: string | undefined;
    for (let page = 0; page < MAX_PAGES && names.length < MOST_CHOICES; page += 1) {
      const answer = await reads.listServices(
        { cluster, nextToken: token, maxResults: 100 },
        signal,
      );
      names.push(...(answer.serviceArns ?? []).map(nameIn));
      token = answer.nextToken;
      if (token === undefined) break;
    }
  }
  return { names, next: nextToken };
}
