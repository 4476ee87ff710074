/** Dashboards: the list of every source, and the one that is open. */
export function DashboardsPage() {
  return <p role="status">No dashboard is open.</p>;
}
