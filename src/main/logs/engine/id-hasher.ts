import { callable, instantiate } from './kernel';

const PAGE = 65_536;
/** Behind what the kernel's own data could take. */
const START = 1_024;

/** Hashes ids with the kernel, a batch at a time; its memory grows to the largest batch seen. */
export class IdHasher {
  private readonly memory = new WebAssembly.Memory({ initial: 1 });
  private readonly hashes = callable(instantiate(this.memory), 'hashes');

  /**
   * @param ends of the ids within `ids`.
   * @returns two numbers of 32 bits for each; both zero for an empty id. Valid until the next call.
   */
  hash(ids: Uint8Array, ends: Uint32Array): Uint32Array {
    const endsAt = Math.ceil((START + ids.length) / 8) * 8;
    const outAt = Math.ceil((endsAt + ends.byteLength) / 8) * 8;
    const needed = outAt + ends.length * 8 + 16;
    const missing = Math.ceil(needed / PAGE) - this.memory.buffer.byteLength / PAGE;
    if (missing > 0) this.memory.grow(missing);
    new Uint8Array(this.memory.buffer).set(ids, START);
    new Uint32Array(this.memory.buffer, endsAt, ends.length).set(ends);
    this.hashes(START, endsAt, 0, ends.length, outAt);
    return new Uint32Array(this.memory.buffer, outAt, ends.length * 2);
  }
}
