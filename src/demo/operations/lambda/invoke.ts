import { z } from 'zod';
import { behave } from '../../actions/behaviours';
import { metricKey } from '../../metrics/metric-source';
import { hashText } from '../../random';
import type { Operation } from '../operation';
import { parseInput } from '../parse';
import { Raw } from '../raw';
import { findFunction, lambdaError, versionOf } from './find';

const MAX_SYNCHRONOUS = 6_291_456;
/** As much of the log as an answer has room for. */
const TAIL_BYTES = 4096;

const invokeInput = z.object({
  FunctionName: z.string(),
  Qualifier: z.string().optional(),
  InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).optional(),
  LogType: z.enum(['None', 'Tail']).optional(),
  Payload: z.string(),
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const invoke: Operation = ({ region, world }, body) => {
  const input = parseInput(invokeInput, body);
  const { one, qualifier } = findFunction(region, input.FunctionName);
  const version = versionOf(region, one, input.Qualifier ?? qualifier);
  const executed = { 'x-amz-executed-version': version };
  if (Buffer.byteLength(input.Payload) > MAX_SYNCHRONOUS) {
    throw lambdaError(
      'RequestTooLargeException',
      `Request must be smaller than ${MAX_SYNCHRONOUS} bytes for the InvokeFunction operation`,
      413,
    );
  }
  const payload = parsePayload(input.Payload);
  if (input.InvocationType === 'DryRun') return { raw: new Raw(204, executed, '') };
  const now = world.now();
  const result = behave({ world, region, one, version, payload, at: now });
  const took = 20 + (hashText(one.name, region.resources.next()) % 300);
  const dimensions = [{ Name: 'FunctionName', Value: one.name }];
  const put = (name: string, value: number, unit: string): void => {
    // Only where the function publishes anyway; the browser's list of metrics stays as it was.
    if (!region.metrics.has(metricKey('AWS/Lambda', name, dimensions))) return;
    const sample = { sum: value, count: 1, min: value, max: value };
    region.metrics.put('AWS/Lambda', name, dimensions, { ...sample, at: now, unit });
  };
  put('Invocations', 1, 'Count');
  put('Duration', took, 'Milliseconds');
  if (result.error !== null) put('Errors', 1, 'Count');
  if (input.InvocationType === 'Event') return { raw: new Raw(202, {}, '') };
  const id = region.resources.uuid();
  const stamp = new Date(now).toISOString();
  const log = [
    `START RequestId: ${id} Version: ${version}`,
    ...result.lines.map((line) => `${stamp}\t${id}\t${line}`),
    `END RequestId: ${id}`,
    `REPORT RequestId: ${id}\tDuration: ${took}.00 ms\tBilled Duration: ${took + 1} ms\tMemory Size: 512 MB\tMax Memory Used: 96 MB\t`,
    '',
  ].join('\n');
  const headers: Record<string, string> = { ...executed, 'content-type': 'application/json' };
  if (result.error !== null) headers['x-amz-function-error'] = result.error;
  if (input.LogType === 'Tail') {
    headers['x-amz-log-result'] = Buffer.from(log).subarray(-TAIL_BYTES).toString('base64');
  }
  return { raw: new Raw(200, headers, JSON.stringify(result.payload)) };
};

function parsePayload(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not JSON';
    throw lambdaError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${why}`,
      400,
    );
  }
}
