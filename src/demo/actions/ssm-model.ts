/** One parameter of a document, in SSM's words. */
export interface SsmParameter {
  name: string;
  type: 'String' | 'StringList' | 'Boolean' | 'Integer' | 'MapList' | 'StringMap';
  description: string;
  /** JSON where the type is not text; null: must be given. */
  defaultValue: string | null;
  allowedValues?: string[];
  allowedPattern?: string;
}

/** A step and how it goes; `seconds` of demo time. */
export interface SsmStepPlan {
  name: string;
  action: string;
  seconds: number;
  goes: 'well' | 'fails' | 'waits-for-approval';
  outputs?: Record<string, string[]>;
  failure?: string;
}

export interface SsmDocument {
  name: string;
  type: 'Automation' | 'Command';
  description: string;
  owner: string;
  parameters: SsmParameter[];
  /** An automation's steps; none for a command. */
  steps: SsmStepPlan[];
}

export interface AutomationStep {
  plan: SsmStepPlan;
  id: string;
  status: 'Pending' | 'InProgress' | 'Waiting' | 'Success' | 'Failed' | 'Cancelled';
  startedAt: number | null;
  endedAt: number | null;
}

export interface Automation {
  id: string;
  document: string;
  parameters: Record<string, string[]>;
  clientToken: string | null;
  executedBy: string;
  status: 'InProgress' | 'Waiting' | 'Success' | 'Failed' | 'Cancelled' | 'Rejected';
  failure: string | null;
  startedAt: number;
  endedAt: number | null;
  steps: AutomationStep[];
}

/** A machine that SSM's agent runs on. */
export interface SsmInstance {
  id: string;
  name: string;
  online: boolean;
}

export interface SsmCommand {
  id: string;
  document: string;
  instances: string[];
  parameters: Record<string, string[]>;
  requestedAt: number;
  cancelledAt: number | null;
}
