/** The outcome of a call that can fail: plain data, so it survives the IPC boundary. */
export type Result<T, F> = { ok: true; value: T } | { ok: false; failure: F };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const err = <F>(failure: F): { ok: false; failure: F } => ({ ok: false, failure });
