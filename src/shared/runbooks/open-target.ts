/** What a step asks the window to show. */
export type OpenTarget =
  | { kind: 'dashboard'; name: string }
  | { kind: 'logs'; groups: string[]; pattern: string | null }
  /** https only. */
  | { kind: 'link'; url: string };

export interface OpenRequest {
  runId: string;
  /** The alarm the run is about, for where its groups and dashboards are. */
  alarmKey: string | null;
  target: OpenTarget;
}
