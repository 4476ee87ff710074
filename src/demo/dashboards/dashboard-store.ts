/** A dashboard as an account keeps it. */
export interface StoredDashboard {
  name: string;
  body: string;
  /** Demo ms. */
  modifiedAt: number;
}

/** The dashboards of every account: they are the same in each of its regions. */
export class DashboardStore {
  private readonly accounts = new Map<string, Map<string, StoredDashboard>>();

  get(accountId: string, name: string): StoredDashboard | undefined {
    return this.accounts.get(accountId)?.get(name);
  }

  put(accountId: string, dashboard: StoredDashboard): void {
    const kept = this.accounts.get(accountId) ?? new Map<string, StoredDashboard>();
    kept.set(dashboard.name, dashboard);
    this.accounts.set(accountId, kept);
  }

  delete(accountId: string, name: string): void {
    this.accounts.get(accountId)?.delete(name);
  }

  /** By name, ascending. */
  list(accountId: string): StoredDashboard[] {
    return [...(this.accounts.get(accountId)?.values() ?? [])].sort((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
    );
  }
}
