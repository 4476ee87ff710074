/**
 * Writes critical.wav and warning.wav beside itself: 16-bit mono, 22,050 Hz. Run it to change a sound.
 * Critical is a rising pair, twice; warning a single soft fall. Both are above 600 Hz and below
 * 1,400 Hz, where laptop speakers are loudest.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RATE = 22_050;

/** @param {{ hz: number, at: number, lasts: number, loud: number }[]} notes seconds and 0..1 */
function wave(notes, seconds) {
  const samples = new Int16Array(Math.round(seconds * RATE));
  for (const { hz, at, lasts, loud } of notes) {
    const first = Math.round(at * RATE);
    const count = Math.round(lasts * RATE);
    for (let i = 0; i < count && first + i < samples.length; i += 1) {
      const t = i / RATE;
      const envelope =
        Math.min(1, t / 0.008) * Math.exp((-4 * t) / lasts) * Math.min(1, (count - i) / 200);
      const tone = Math.sin(2 * Math.PI * hz * t) + 0.35 * Math.sin(4 * Math.PI * hz * t);
      samples[first + i] = Math.max(
        -32_767,
        Math.min(32_767, samples[first + i] + tone * envelope * loud * 22_000),
      );
    }
  }
  return samples;
}

function wav(samples) {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}

const rising = (at) => [
  { hz: 784, at, lasts: 0.22, loud: 0.9 },
  { hz: 1175, at: at + 0.16, lasts: 0.34, loud: 1 },
];
const sounds = {
  critical: wave([...rising(0), ...rising(0.55)], 1.15),
  warning: wave(
    [
      { hz: 880, at: 0, lasts: 0.3, loud: 0.6 },
      { hz: 659, at: 0.15, lasts: 0.45, loud: 0.5 },
    ],
    0.65,
  ),
};
for (const [name, samples] of Object.entries(sounds)) {
  writeFileSync(join(import.meta.dirname, `${name}.wav`), wav(samples));
}
