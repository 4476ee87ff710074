/** What each field of a runbook means, in a sentence: for editors that know the schema, and for completion. */
import type { StepKind } from './step-kinds';

type Words = Readonly<Record<string, string>>;

export const runbookWords: Words = {
  nightdesk: 'Marks the file as a runbook: always runbook/1.',
  name: 'How it is listed.',
  description: 'What it is for and when to use it, in Markdown.',
  owner: 'The team that keeps it.',
  tags: 'Words to find it by.',
  alarms: 'Which alarms it belongs to; it belongs where any of these fits.',
  automatic: 'Runs by itself when one of its alarms fires. Allowed only where every step reads.',
  approval:
    'Who approves what changes: person (the one who runs it) or second-person (somebody else reads out a code).',
  inputs: 'What is asked before it runs.',
  steps: 'What it does, in this order.',
  undo: 'What takes back what the steps did; run by a click, with a sheet of its own.',
};

export const matchWords: Words = {
  name: 'The alarm’s name; * and ? stand for any letters and any letter.',
  severity: 'Any of these severities.',
  namespace: 'The namespace of a metric it watches; * and ? are patterns.',
  metric: 'The name of a metric it watches; * and ? are patterns.',
  tag: 'Tags the alarm must have; values may be patterns.',
};

export const inputWords: Words = {
  name: 'How expressions name it: $inputs.<name>. Letters, digits and _.',
  label: 'How the form calls it; the name unless said.',
  description: 'What to fill in, under the field.',
  required: 'It must be filled in; true unless said.',
  type: 'text, number, boolean, choice, alarm, log-group, arn or secret.',
  default: 'What the field holds at first; may be an expression over $alarm.',
  pattern: 'A regular expression the text must fit; of an ARN a glob.',
  source: 'Where its values can be chosen from.',
  min: 'The lowest number allowed.',
  max: 'The highest number allowed.',
  choices: 'What can be chosen.',
  prefix: 'Only names that begin so are offered.',
};

export const sourceWords: Words = {
  from: 'What is looked up in the account.',
  prefix: 'Only names that begin so are offered.',
};

export const stepFieldWords: Words = {
  id: 'How later steps name what it gave: $steps.<id>.output. Letters, digits and _.',
  name: 'What it does, in a few words.',
  if: 'An expression; the step is passed over when it is false.',
  forEach: 'An expression that gives a list; the step runs once for each element, which is $item.',
  connection: 'The connection it calls; the alarm’s unless said.',
  region: 'The region it calls; the alarm’s unless said.',
  timeout: 'The step is ended then: 30s, 5m, 1h.',
  retry: 'How often it is tried when it fails.',
  onFailure:
    'stop (unless said), continue with the next step, or undo: stops, and tells that it can be undone.',
  class: 'May only say that it does more than its kind says: reads, changes, destroys.',
  do: 'What it does: a kind and its fields.',
};

export const retryWords: Words = {
  attempts: 'Tries altogether, 1 to 10.',
  delay: 'How long between two: 30s, 5m.',
};

interface KindWords {
  what: string;
  fields: Words;
}

const text = 'May hold expressions between {% and %}.';

export const kindWords: Readonly<Record<StepKind, KindWords>> = {
  'lambda-invoke': {
    what: 'Invokes a Lambda function and keeps what it answers.',
    fields: {
      function: `Name or ARN. ${text}`,
      payload: 'What it is given, as JSON.',
      qualifier: 'A version or an alias.',
    },
  },
  'ssm-automation': {
    what: 'Starts an SSM Automation document and follows it.',
    fields: {
      document: 'Name or ARN.',
      version: 'A version of the document; its default one unless said.',
      parameters: 'By name; checked against the document’s own rules.',
    },
  },
  'ssm-command': {
    what: 'Runs an SSM command document on instances and shows their output.',
    fields: {
      document: 'Name or ARN.',
      instances: 'Ids of instances; either these or targets.',
      targets: 'Instances by tag or resource group; either these or instances.',
      parameters: 'By name.',
    },
  },
  'sns-publish': {
    what: 'Publishes a message to an SNS topic.',
    fields: {
      topic: 'The topic’s ARN.',
      subject: 'The subject of an e-mail.',
      message: 'A text, or a value that is sent as JSON.',
      attributes: 'Message attributes, as texts.',
    },
  },
  'sqs-send': {
    what: 'Sends a message to an SQS queue.',
    fields: {
      queue: 'Name or URL.',
      message: 'A text, or a value that is sent as JSON.',
      group: 'The message group of a FIFO queue.',
      attributes: 'Message attributes, as texts.',
    },
  },
  'step-functions': {
    what: 'Starts an execution of a state machine.',
    fields: {
      stateMachine: 'The state machine’s ARN.',
      input: 'What it is given, as JSON.',
      follow: 'Waits for the execution’s end; true unless said.',
    },
  },
  'eventbridge-put': {
    what: 'Puts an event on an EventBridge bus.',
    fields: {
      bus: 'The default bus unless said.',
      source: 'Where the event comes from, such as team.runbook.',
      detailType: 'What kind of event it is.',
      detail: 'What it says, as an object.',
    },
  },
  'ecs-update': {
    what: 'Updates an ECS service: its count, a new deployment, or an earlier revision.',
    fields: {
      cluster: 'Name or ARN.',
      service: 'Name or ARN.',
      desiredCount: 'How many tasks should run.',
      forceNewDeployment: 'Starts its tasks anew.',
      rollBack: 'Back to the revision before the one that runs now.',
      taskDefinition: 'The revision it should run.',
      follow: 'Waits until it is stable; true unless said.',
    },
  },
  'lambda-alias': {
    what: 'Points an alias of a function to a version.',
    fields: {
      function: 'Name or ARN.',
      alias: 'The alias, such as live.',
      version: 'A version; previous is the one before what the alias points to.',
    },
  },
  'rds-reboot': {
    what: 'Reboots a database instance, or fails it over.',
    fields: { instance: 'Its identifier.', failover: 'To the other zone.' },
  },
  'dynamodb-capacity': {
    what: 'Sets the provisioned capacity of a table or an index.',
    fields: {
      table: 'The table’s name.',
      index: 'A global secondary index instead of the table.',
      readUnits: 'Read capacity units.',
      writeUnits: 'Write capacity units.',
    },
  },
  'waf-block': {
    what: 'Adds addresses to a WAF IP set, or takes them out.',
    fields: {
      ipSet: 'The set’s name.',
      addresses: 'As CIDRs, such as 203.0.113.7/32.',
      scope: 'REGIONAL unless said.',
      remove: 'Takes them out instead.',
    },
  },
  'alarm-actions': {
    what: 'Switches the actions of alarms on or off.',
    fields: { alarms: 'Names.', enabled: 'On or off.' },
  },
  'alarm-state': {
    what: 'Sets an alarm’s state until it is evaluated next: to try what it sets off.',
    fields: { alarm: 'Its name.', state: 'The state.', reason: 'Why, as CloudWatch shows it.' },
  },
  'metric-data': {
    what: 'Puts one value of a metric.',
    fields: {
      namespace: 'The namespace; AWS/ is Amazon’s own.',
      metric: 'The metric’s name.',
      value: 'The value.',
      unit: 'Count, Seconds, Percent …',
      dimensions: 'By name.',
    },
  },
  'dashboard-mark': {
    what: 'Draws a vertical line into the charts of a dashboard of the account.',
    fields: {
      dashboard: 'Its name.',
      label: 'What stands beside the line.',
      at: 'When, ISO 8601; now unless said.',
      charts: 'Titles of the charts, with * and ?; all of them unless said.',
      remove: 'Takes marks of this label away instead.',
    },
  },
  retention: {
    what: 'Sets how long a log group keeps its events. A shorter time deletes events.',
    fields: { group: 'The log group.', days: 'Days; null keeps for ever.' },
  },
  'support-case': {
    what: 'Opens a case with AWS Support.',
    fields: {
      subject: 'The case’s subject.',
      body: 'What it says.',
      severity: 'How urgent it is; the account’s plan limits it.',
      service: 'The service’s code.',
      category: 'The category’s code.',
    },
  },
  describe: {
    what: 'Looks at a resource and keeps what AWS says of it.',
    fields: {
      what: 'What kind of resource.',
      name: 'Its name or ARN.',
      cluster: 'The cluster of an ECS service or of tasks.',
    },
  },
  'logs-query': {
    what: 'Asks Logs Insights. Values are bound in the query as $name, quoted; never pasted.',
    fields: {
      groups: 'Log groups.',
      query: 'The query.',
      values: 'What stands for each $name of the query.',
      language: 'CWLI unless said.',
      last: 'How far back: 30m, 1h.',
      limit: 'Rows at most.',
    },
  },
  'metric-query': {
    what: 'Asks for metrics, or for metric math over them.',
    fields: {
      alarm: 'An alarm’s name: all that it looks at, its math too, instead of metrics.',
      metrics: 'The metrics, each with an id.',
      expression: 'Metric math over their ids.',
      period: 'Length of one value: 60s, 5m.',
      last: 'How far back: 30m, 1h.',
    },
  },
  'http-request': {
    what: 'Sends an HTTP request. Addresses of this machine’s own network link and of metadata services are refused.',
    fields: {
      url: 'The address.',
      method: 'GET unless said; all but GET and HEAD count as changes.',
      headers: 'By name; a secret input may stand in a value.',
      body: 'A text, or a value that is sent as JSON.',
      expect: 'Statuses that are no failure; 200–299 unless said.',
    },
  },
  script: {
    what: 'Runs a program on this machine, without a shell.',
    fields: {
      command:
        'The program (on the path, or in the runbook’s folder) and its arguments, each as it is.',
      environment: 'The whole environment it gets.',
      stdin: 'What it reads from its input.',
      folder: 'Where it runs, within the runbook’s folder.',
    },
  },
  check: {
    what: 'Fails where an expression is not true.',
    fields: { that: 'The expression.', else: 'What is said where it is not.' },
  },
  'wait-for': {
    what: 'Waits for an alarm’s state, a metric’s value or a time. Say one of them.',
    fields: {
      alarm: 'An alarm and the state it should have.',
      metric: 'A metric and the value it should have.',
      time: 'How long: 30s, 5m.',
    },
  },
  ask: {
    what: 'Asks the person who runs it, and keeps the answer.',
    fields: {
      question: 'What is asked.',
      answer: 'confirm (yes or no), choose, or text.',
      choices: 'What can be chosen.',
      pattern: 'A regular expression the text must fit.',
    },
  },
  note: { what: 'Shows a text in Markdown.', fields: { text: 'The text.' } },
  open: {
    what: 'Opens a dashboard, logs or a link. Say one of them.',
    fields: {
      dashboard: 'The dashboard’s name.',
      logs: 'Log groups and a filter pattern.',
      link: 'An https address.',
    },
  },
  notify: {
    what: 'Notifies: here, or through a webhook of the settings.',
    fields: {
      title: 'The headline.',
      body: 'What it says.',
      webhook: 'The webhook’s name in the settings; a notification of this console otherwise.',
    },
  },
  'page-someone': {
    what: 'Pages through PagerDuty or Opsgenie.',
    fields: {
      service: 'Which one.',
      integration: 'Its name in the settings, which hold its key.',
      summary: 'What it says.',
      action: 'trigger unless said.',
      severity: 'How bad it is.',
    },
  },
  runbook: {
    what: 'Runs another runbook of the same folder as one step.',
    fields: { runbook: 'Its file name.', inputs: 'Its inputs, by name.' },
  },
};
