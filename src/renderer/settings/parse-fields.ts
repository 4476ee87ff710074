/** Reads what is typed into the settings' fields. Limits are the schema's; sentences are for people. */
import { settingsSchema } from '../../shared/settings/settings';
import type { Parsed } from './DraftInput';

export function parseOperator(text: string): Parsed<string> {
  const parsed = settingsSchema.shape.operator.safeParse(text);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: 'A name of 1 to 80 characters.' };
}

/** A whole or decimal number of `unitMs`, within `least` and `most` (in that unit); result in ms. */
export function parseLength(
  text: string,
  unitMs: number,
  least: number,
  most: number,
): Parsed<number> {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most) {
    return { ok: false, problem: `A number from ${least} to ${most.toLocaleString('en-US')}.` };
  }
  return { ok: true, value: Math.round(value * unitMs) };
}

/** As parseLength, but nothing typed means null ("never"). */
export function parseOptionalLength(
  text: string,
  unitMs: number,
  least: number,
  most: number,
): Parsed<number | null> {
  return text.trim() === '' ? { ok: true, value: null } : parseLength(text, unitMs, least, most);
}

export function parseTimeOfDay(text: string): Parsed<string> {
  const parsed = settingsSchema.shape.quietHours.shape.from.safeParse(text);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: 'A time such as 22:30.' };
}

/** US dollars an hour; nothing typed means no cap. */
export function parseCap(text: string): Parsed<number | null> {
  if (text.trim() === '') return { ok: true, value: null };
  const value = Number(text.trim().replace('$', '').replace(',', '.'));
  const parsed = settingsSchema.shape.metrics.shape.capUsdPerHour.safeParse(value);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: 'An amount from 0.01 to 1,000, or nothing.' };
}

/** Whole seconds; nothing typed means only by hand. */
export function parseRefresh(text: string): Parsed<number | null> {
  if (text.trim() === '') return { ok: true, value: null };
  const parsed = settingsSchema.shape.metrics.shape.refreshSeconds.safeParse(Number(text.trim()));
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: 'A whole number from 10 to 3,600, or nothing.' };
}
