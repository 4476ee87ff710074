import crmOperational from '../../../resources/dashboards/CRM-Operational-Dashboard.json' with { type: 'json' };
import everyKind from '../../../resources/dashboards/Every-Widget-Kind.json' with { type: 'json' };
import realtecheeProduction from '../../../resources/dashboards/RealTechee-Production-Monitoring.json' with { type: 'json' };
import { CRM_ACCOUNT, REALTECHEE_ACCOUNT } from '../world';
import { hashText } from '../random';
import { crmDashboards, realtecheeDashboards } from './small-dashboards';
import type { DashboardStore } from './dashboard-store';

const DAY = 86_400_000;

/** Gives both accounts the dashboards their teams keep there, changed some weeks before `now`. */
export function stockDashboards(store: DashboardStore, now: number): void {
  const put = (accountId: string, bodies: Record<string, unknown>): void => {
    for (const [name, body] of Object.entries(bodies)) {
      const daysAgo = 3 + (hashText(name, 5) % 80);
      store.put(accountId, { name, body: JSON.stringify(body), modifiedAt: now - daysAgo * DAY });
    }
  };
  put(CRM_ACCOUNT, {
    'CRM-Operational-Dashboard': crmOperational,
    'Every-Widget-Kind': everyKind,
    ...crmDashboards,
  });
  put(REALTECHEE_ACCOUNT, {
    'RealTechee-Production-Monitoring': realtecheeProduction,
    ...realtecheeDashboards,
  });
}
