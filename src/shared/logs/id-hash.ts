/**
 * A hash of 63 bits in two numbers of 32, both zero for the empty id only. Two ids out of a million events have the same
 * once in about twenty million times.
 */
export function hashId(id: string, into: Uint32Array, at: number): void {
  if (id === '') {
    into[at] = 0;
    into[at + 1] = 0;
    return;
  }
  let a = 0xdeadbeef ^ id.length;
  let b = 0x41c6ce57;
  for (let i = 0; i < id.length; i += 1) {
    const letter = id.charCodeAt(i);
    a = Math.imul(a ^ letter, 0x9e3779b1);
    b = Math.imul(b ^ letter, 0x5f356495);
    // Each half hears of the other, or they would collide together.
    a ^= b >>> 15;
    b ^= a >>> 13;
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  into[at] = a ^ (a >>> 15);
  into[at + 1] = (b ^ (b >>> 14)) | 1;
}
