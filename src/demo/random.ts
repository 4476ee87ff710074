/** Seeded hashing: every value of the demo is a pure function of (seed, name, time), so any window can be asked again. */

/** FNV-1a over text, continued from `seed`; 32 bits. */
export function hashText(text: string, seed: number): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16777619) >>> 0;
  }
  return mix(hash);
}

/** Avalanche of a 32-bit number (the finaliser of MurmurHash3). */
export function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 2246822507);
  h = Math.imul(h ^ (h >>> 13), 3266489909);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in [0, 1) from a stream's hash and a position in it. */
export function unit(stream: number, position: number): number {
  return mix(stream ^ Math.imul(position | 0, 2654435761)) / 4294967296;
}

/** Roughly normal, mean 0, deviation 1 (sum of three uniforms): cheap and bounded by ±3. */
export function normal(stream: number, position: number): number {
  const sum =
    unit(stream, position) +
    unit(stream ^ 0x5bd1e995, position) +
    unit(stream ^ 0x27d4eb2f, position);
  return (sum - 1.5) * 2;
}
