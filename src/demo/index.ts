export { startDemo, type DemoAws, type DemoOptions } from './demo';
export { demoKeys, CRM_ACCOUNT, REALTECHEE_ACCOUNT } from './world';
export { DEMO_MFA_CODE } from './operations/sts';
export type { Fault, FaultRule } from './wire/faults';
