/** The metric browser and its scratch chart. */
export function MetricsPage() {
  return <p role="status">No metric is chosen.</p>;
}
