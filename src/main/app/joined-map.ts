/** Several maps read as one; where two hold a key, the first one's value counts. Copies nothing. */
export class JoinedMap<K, V> implements ReadonlyMap<K, V> {
  constructor(private readonly parts: readonly ReadonlyMap<K, V>[]) {}

  get size(): number {
    return this.parts.reduce((total, part) => total + part.size, 0);
  }

  get(key: K): V | undefined {
    for (const part of this.parts) {
      const value = part.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  has(key: K): boolean {
    return this.parts.some((part) => part.has(key));
  }

  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  *entries(): Generator<[K, V], undefined, unknown> {
    for (const part of this.parts) yield* part.entries();
    return undefined;
  }

  *keys(): Generator<K, undefined, unknown> {
    for (const part of this.parts) yield* part.keys();
    return undefined;
  }

  *values(): Generator<V, undefined, unknown> {
    for (const part of this.parts) yield* part.values();
    return undefined;
  }

  [Symbol.iterator](): Generator<[K, V], undefined, unknown> {
    return this.entries();
  }
}
