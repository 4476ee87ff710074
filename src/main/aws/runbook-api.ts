/** What steps of runbooks ask of one connection in one region. Rejections are always `AwsFailure`. */
export interface RunbookReads {
  readonly connectionId: string;
  readonly region: string;
}

/** Calls that change something; null on a read-only connection, so that no step can ask them there. */
export interface RunbookChanges {
  readonly connectionId: string;
  readonly region: string;
}
