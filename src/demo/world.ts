import { CRM_ACCOUNT, REALTECHEE_ACCOUNT } from './accounts';
import { ChangeLog } from './actions/change-log';
import { Releases } from './actions/releases';
import { DashboardStore } from './dashboards/dashboard-store';
import { unknownToken } from './errors';
import { hashText } from './random';
import { RegionStore } from './region';

export { CRM_ACCOUNT, REALTECHEE_ACCOUNT };

/** Keys the demo knows. They open nothing anywhere else. */
export const demoKeys = {
  crm: { accessKeyId: 'AKIADEMOCRM000000000', secretAccessKey: 'demo-secret-crm' },
  realtechee: { accessKeyId: 'AKIADEMOREALTECHEE00', secretAccessKey: 'demo-secret-realtechee' },
  /** Sees the account that lives in the region asked: CRM's in us-east-1, RealTechee's in us-west-1. */
  both: { accessKeyId: 'AKIADEMONIGHTDESK000', secretAccessKey: 'demo-secret-both' },
} as const;

export interface Caller {
  accessKeyId: string;
  accountId: string;
  arn: string;
  userId: string;
}

interface Session {
  accountId: string;
  arn: string;
  userId: string;
  expiresAt: number;
}

/** Every account and region, and who may call. */
export class World {
  private readonly regions = new Map<string, RegionStore>();
  private readonly sessions = new Map<string, Session>();
  private serial = 0;
  readonly dashboards = new DashboardStore();
  readonly changes = new ChangeLog();
  readonly releases = new Releases(this);
  /** Told when a call has changed states a composite may stand on. */
  onTouched: (region: RegionStore) => void = () => undefined;

  constructor(
    readonly seed: number,
    /** Demo time, ms. */
    readonly now: () => number,
  ) {}

  region(accountId: string, name: string): RegionStore {
    const key = `${accountId}/${name}`;
    let region = this.regions.get(key);
    if (region === undefined) {
      region = new RegionStore(accountId, name, hashText(key, this.seed));
      this.regions.set(key, region);
    }
    return region;
  }

  touched(region: RegionStore): void {
    this.onTouched(region);
  }

  all(): RegionStore[] {
    return [...this.regions.values()];
  }

  /** Who a key belongs to. Throws what AWS answers for a key it does not know. */
  caller(accessKeyId: string, regionName: string): Caller {
    const session = this.sessions.get(accessKeyId);
    if (session !== undefined) {
      return {
        accessKeyId,
        accountId: session.accountId,
        arn: session.arn,
        userId: session.userId,
      };
    }
    const accountId = accountOfKey(accessKeyId, regionName);
    if (accountId === null) throw unknownToken();
    return {
      accessKeyId,
      accountId,
      arn: `arn:aws:iam::${accountId}:user/oncall`,
      userId: `AIDADEMO${accountId}`,
    };
  }

  sessionExpired(accessKeyId: string): boolean {
    const session = this.sessions.get(accessKeyId);
    return session !== undefined && session.expiresAt <= Date.now();
  }

  /** Temporary credentials of a role; `expiresAt` is wall-clock ms, as the SDK compares it with the wall clock. */
  assumeRole(
    roleArn: string,
    accountId: string,
    roleName: string,
    session: string,
    seconds: number,
  ) {
    this.serial += 1;
    const tail = hashText(roleArn, this.serial).toString(36).toUpperCase().padStart(8, '0');
    const accessKeyId = `ASIADEMO${tail}${String(this.serial).padStart(4, '0')}`;
    const roleId = `AROADEMO${hashText(roleArn, 0).toString(36).toUpperCase().padStart(8, '0')}`;
    const arn = `arn:aws:sts::${accountId}:assumed-role/${roleName}/${session}`;
    const expiresAt = Date.now() + seconds * 1000;
    const userId = `${roleId}:${session}`;
    this.sessions.set(accessKeyId, { accountId, arn, userId, expiresAt });
    return { accessKeyId, secretAccessKey: `demo-secret-${tail}`, expiresAt, arn, userId };
  }
}

function accountOfKey(accessKeyId: string, regionName: string): string | null {
  switch (accessKeyId) {
    case demoKeys.crm.accessKeyId:
      return CRM_ACCOUNT;
    case demoKeys.realtechee.accessKeyId:
      return REALTECHEE_ACCOUNT;
    case demoKeys.both.accessKeyId:
    case 'demo':
    case 'test':
      return regionName === 'us-west-1' ? REALTECHEE_ACCOUNT : CRM_ACCOUNT;
    default:
      return null;
  }
}
