import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/shared/connections/connection';
import { demoConnection, watchAlarms } from '../../support/alarm-service';
import { answerWell, sendError, sendXml, startStandIn } from '../aws/stand-in';
import type { Responder, StandIn } from '../aws/stand-in';

/** What AWS takes to answer: makes a round long beside what a busy machine adds. */
const ANSWER_MS = 25;
const ROUNDS = 10;
/** Timers and the machine's other work, ms. */
const TOLERANCE_MS = 10;

const accountOf = (id: string): string => id.replace(/\D/g, '').padStart(12, '9');

/** Each connection is an account of its own, so that no rate budget is shared. */
const answerAs =
  (id: string): Responder =>
  async (asked, response) => {
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    if (asked.operation !== 'GetCallerIdentity') return answerWell(asked, response);
    const account = accountOf(id);
    const arn = `arn:aws:iam::${account}:user/on-call`;
    const result = `<Arn>${arn}</Arn><UserId>AIDA</UserId><Account>${account}</Account>`;
    sendXml(response, asked.operation, result);
  };

const faults: [name: string, endpoint: (aws: StandIn) => string, answer: Responder][] = [
  ['a name that does not resolve', () => 'http://nightdesk-test.invalid', answerWell],
  [
    'a server that fails',
    (aws) => aws.url,
    (asked, response) => sendError(asked, response, 'InternalServiceFault', 'oops', 500),
  ],
  ['a server that never answers', (aws) => aws.url, () => undefined],
  [
    'denied',
    (aws) => aws.url,
    (asked, response) => sendError(asked, response, 'AccessDenied', 'no', 403),
  ],
];

let servers: StandIn[] = [];
let nine: Connection[] = [];

async function connect(answer: Responder): Promise<StandIn> {
  const server = await startStandIn();
  server.respond(answer);
  servers.push(server);
  return server;
}

const connectionOf = (id: string, endpoint: string): Connection =>
  demoConnection(endpoint, { id, label: id, regions: ['us-east-1'] });

beforeEach(async () => {
  servers = [];
  nine = [];
  for (let n = 1; n <= 9; n += 1) {
    const id = `account-${n}`;
    nine.push(connectionOf(id, (await connect(answerAs(id))).url));
  }
});
afterEach(() => Promise.all(servers.map((server) => server.close())));

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;

describe('R6: one of ten accounts failing', () => {
  it.each(faults)(
    '%s does not hold up the other nine',
    async (_name, endpoint, answer) => {
      const well = await connect(answerAs('account-10'));
      const badServer = await connect(answer);
      const tenth = {
        well: connectionOf('account-10', well.url),
        failing: connectionOf('account-11', endpoint(badServer)),
      };
      const { service, stop } = watchAlarms();
      const times = { well: new Array<number>(), failing: new Array<number>() };
      /** Times of the nine for a whole round, while the tenth begins one too. */
      const round = async (kind: keyof typeof times): Promise<void> => {
        service.setConnections([...nine, tenth[kind]]);
        const began = performance.now();
        await Promise.all(
          nine.map(async ({ id }) => {
            await service.refresh(id);
            times[kind].push(performance.now() - began);
          }),
        );
      };
      await round('well');
      await round('failing');
      times.well = [];
      times.failing = [];
      for (let n = 0; n < ROUNDS; n += 1) {
        await round('well');
        await round('failing');
      }
      const statuses = service.statuses();
      await stop();
      expect(statuses.filter((one) => one.regions[0]?.phase === 'ready')).toHaveLength(9);
      expect(statuses.at(-1)?.regions[0]?.phase).not.toBe('ready');
      const [normal, beside] = [median(times.well), median(times.failing)];
      console.info(
        `R6 round of the others: ${normal.toFixed(1)} ms, beside a failing one ${beside.toFixed(1)} ms`,
      );
      expect(beside).toBeLessThanOrEqual(normal * 1.1 + TOLERANCE_MS);
    },
    60_000,
  );
});
