/**
 * What reading a dashboard file gives. Reading is a pure function of the text and of the values people
 * picked, and is simply done again when they pick another one.
 */
import type { Dimension, MetricRule } from '../alarms/alarm';
import type { LocalRule } from '../local-rules/local-rule';
import type { Dashboard } from './dashboard';

/** Where in a file something is wrong, and what to do. Lines and columns count from 1; null where unknown. */
export interface TextProblem {
  level: 'error' | 'warning';
  message: string;
  advice: string;
  line: number | null;
  column: number | null;
  /** Path of the field, `widgets[3].properties.period`; null for the text itself. */
  field: string | null;
}

/** Something the file leaves open: a dashboard variable, a template's parameter, a reference nobody resolved. */
export interface DashboardInput {
  /** Key in `InputValues`. */
  id: string;
  label: string;
  description: string | null;
  kind: 'variable' | 'parameter' | 'unresolved';
  control: 'text' | 'choice' | 'radio';
  choices: { value: string; label: string }[];
  /** How the account can offer choices; null: it cannot. */
  from: ChoiceSource | null;
  multiple: boolean;
  visible: boolean;
  defaultValue: string | null;
  /** What is in force: picked, else the default; null: still open. Several are joined with a comma. */
  value: string | null;
}

export interface ChoiceSource {
  namespace: string;
  metricName: string | null;
  /** Values of this dimension are the choices. */
  dimension: string;
  filters: Dimension[];
  region: string | null;
}

/** By `DashboardInput.id`. */
export type InputValues = Readonly<Record<string, string>>;

/** An alarm that a template declares, as far as it resolves. */
export interface DeclaredAlarm {
  logicalId: string;
  /** Null: CloudFormation makes one up. */
  name: string | null;
  kind: 'metric' | 'composite';
  line: number | null;
  description: string;
  metric: MetricRule | null;
  compositeRule: string | null;
  alarmActions: string[];
  okActions: string[];
  insufficientDataActions: string[];
  actionsEnabled: boolean;
  /** Ids of inputs still open that it depends on. */
  openInputs: string[];
  /** False when a condition of the template leaves it out. */
  created: boolean;
}

export type ReadResult =
  | { kind: 'failed'; problem: TextProblem }
  | {
      kind: 'read';
      /** What the file is, for people: "CloudWatch dashboard", "CloudFormation template", "Grafana dashboard" … */
      format: 'cloudwatch' | 'cloudformation' | 'grafana' | 'alarms';
      dashboards: Dashboard[];
      alarms: DeclaredAlarm[];
      /** Grafana's alerts, as local rules that can be added. */
      rules: LocalRule[];
      inputs: DashboardInput[];
      problems: TextProblem[];
    };
