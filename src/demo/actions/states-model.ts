/** A state and how it goes; `seconds` of demo time. */
export interface StatePlan {
  name: string;
  seconds: number;
  fails?: { error: string; cause: string };
}

export interface StateMachine {
  name: string;
  states: StatePlan[];
}

export interface Execution {
  arn: string;
  name: string;
  machine: StateMachine;
  input: string;
  startedAt: number;
  stopped: { at: number; error: string | null; cause: string | null } | null;
}
