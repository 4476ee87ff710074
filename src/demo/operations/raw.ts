/** An answer that is no document of members: an output's only member, `raw`. */
export class Raw {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: string,
  ) {}
}

/** A list whose elements have a name of their own in XML. */
export class NamedList {
  constructor(
    readonly element: string,
    readonly items: readonly unknown[],
  ) {}
}

/** A list that has no element of its own in XML: its items carry the member's name. */
export class FlatList {
  constructor(readonly items: readonly unknown[]) {}
}
