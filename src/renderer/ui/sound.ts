/** The sounds of a notification, made here: no file to load, nothing for the content policy to allow. */
import type { Severity } from '../../shared/severity/severity';

/** Tones in Hz, each of `TONE_SECONDS`; more urgent is higher and longer. */
const tones: Record<Severity, readonly number[]> = {
  critical: [880, 659, 880, 659, 880],
  security: [784, 988, 784],
  warning: [587, 494],
  business: [523, 587],
  info: [523],
};
const TONE_SECONDS = 0.16;
const GAIN = 0.22;
/** Two alarms in the same moment make one sound. */
const QUIET_AFTER_MS = 1_500;

let context: AudioContext | null = null;
let lastPlayedAt = Number.NEGATIVE_INFINITY;

/** Plays the sound of a severity; a machine without an audio device stays silent. */
export function playSound(severity: Severity): void {
  const now = performance.now();
  if (now - lastPlayedAt < QUIET_AFTER_MS) return;
  lastPlayedAt = now;
  try {
    context ??= new AudioContext();
    const audio = context;
    tones[severity].forEach((frequency, at) => playTone(audio, frequency, at * TONE_SECONDS));
  } catch (error) {
    console.warn('The notification sound could not be played', error);
  }
}

function playTone(audio: AudioContext, frequency: number, afterSeconds: number): void {
  const start = audio.currentTime + afterSeconds;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequency;
  // A short fade at both ends, so that tones do not click.
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(GAIN, start + 0.015);
  gain.gain.linearRampToValueAtTime(0, start + TONE_SECONDS);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + TONE_SECONDS);
}
