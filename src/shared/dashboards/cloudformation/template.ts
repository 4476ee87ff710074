/** Reads a CloudFormation or SAM template: its dashboards, its alarms, and what they leave open. */
import type { DashboardInput, InputValues, ReadResult, TextProblem } from '../read-result';
import { Inputs } from './inputs';
import { parseTemplate } from './parse-template';
import { Resolver } from './resolver';
import { templateAlarms } from './template-alarms';
import { templateDashboard } from './template-dashboards';
import { mapOr, scalarText, TemplateRefusal } from './value';

/** Enough for people; a file that is wrong everywhere is wrong in the same way. */
const MAX_PROBLEMS = 200;

/**
 * @param text YAML or JSON
 * @param fileName only for what is said about it
 * @param values by input: parameters and pseudo parameters by name, `Ref:<LogicalId>`,
 *   `GetAtt:<LogicalId>.<Attribute>`, `ImportValue:<export>`
 * Never throws: text that is no template is `failed` with line, column and reason.
 */
export function readTemplate(text: string, fileName: string, values: InputValues): ReadResult {
  try {
    return read(text, fileName, values);
  } catch (cause) {
    if (cause instanceof TemplateRefusal) return { kind: 'failed', problem: cause.problem };
    throw cause;
  }
}

function read(text: string, fileName: string, values: InputValues): ReadResult {
  const template = parseTemplate(text);
  const problems: TextProblem[] = [];
  const note = (problem: TextProblem): void => {
    if (problems.length < MAX_PROBLEMS) problems.push(problem);
  };
  const inputs = new Inputs(values, note);
  const resolver = new Resolver(template, inputs, note);
  const resources = [...resolver.resources().values()];
  if (resources.length === 0) refuseEmpty(fileName);
  const dashboards = resources.flatMap(
    (resource) => templateDashboard(resolver, resource, values, note) ?? [],
  );
  const alarms = templateAlarms(resolver);
  if (alarms.length === 0 && dashboards.length === 0) {
    note(warning(`The template declares no dashboards and no alarms.`, ''));
  }
  sayNested(resolver, note);
  return {
    kind: 'read',
    format: 'cloudformation',
    dashboards: dashboards.map(({ dashboard }) => dashboard),
    alarms,
    rules: [],
    inputs: distinct([
      ...inputs.list(Object.keys(resolver.section('Parameters'))),
      ...dashboards.flatMap(({ inputs: own }) => own),
    ]),
    problems,
  };
}

/** Two dashboards of one file may have the same variable: it is asked once. */
const distinct = (inputs: DashboardInput[]): DashboardInput[] =>
  [...new Map(inputs.toReversed().map((input) => [input.id, input])).values()].toReversed();

function refuseEmpty(fileName: string): never {
  throw new TemplateRefusal(
    `${fileName} has no resources, so it is no CloudFormation template.`,
    'A template lists what it makes under Resources.',
    { line: 1, column: 1 },
  );
}

const NESTED = ['AWS::CloudFormation::Stack', 'AWS::Serverless::Application'];

function sayNested(resolver: Resolver, note: (problem: TextProblem) => void): void {
  const names = [...resolver.resources().values()]
    .filter(({ value }) => NESTED.includes(scalarText(mapOr(value)['Type']) ?? ''))
    .map(({ key }) => key);
  if (names.length === 0) return;
  const which = names.length > 5 ? `${names.slice(0, 5).join(', ')} …` : names.join(', ');
  note(
    warning(
      `What the ${names.length === 1 ? 'nested stack' : 'nested stacks'} ${which} may declare stands in files of their own.`,
      'Open those files to see it.',
    ),
  );
}

const warning = (message: string, advice: string): TextProblem => ({
  level: 'warning',
  message,
  advice,
  line: null,
  column: null,
  field: null,
});
