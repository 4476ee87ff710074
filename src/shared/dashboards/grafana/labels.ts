/**
 * Grafana's aliases as CloudWatch's dynamic labels.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
 */

const PROPERTIES: Readonly<Record<string, string>> = {
  region: "${PROP('Region')}",
  namespace: "${PROP('Namespace')}",
  metric: "${PROP('MetricName')}",
  stat: "${PROP('Stat')}",
  period: "${PROP('Period')}",
  label: '${LABEL}',
};

/** `{{metric}} of {{InstanceId}}` → `${PROP('MetricName')} of ${PROP('Dim.InstanceId')}`. */
export function dynamicLabel(alias: string): string {
  return alias.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (_, name: string) =>
    Object.hasOwn(PROPERTIES, name) ? (PROPERTIES[name] ?? '') : `\${PROP('Dim.${name}')}`,
  );
}

/** Ids of CloudWatch's queries start with a small letter. */
const USABLE = /^[a-z][a-zA-Z0-9_]{0,200}$/;

/** Gives every query an id CloudWatch accepts, and finds queries by the names expressions call them. */
export class QueryIds {
  readonly #taken = new Set<string>();
  readonly #byName = new Map<string, string>();

  /** The id for a query called `refId`, which may bring an id of its own. */
  take(refId: string, ownId: string): string {
    const wanted = USABLE.test(ownId) ? ownId : this.#fromRef(refId);
    let id = wanted;
    for (let count = 2; this.#taken.has(id); count += 1) id = `${wanted}_${count}`;
    this.#taken.add(id);
    if (ownId !== '') this.#byName.set(ownId, id);
    if (refId !== '' && !this.#byName.has(refId)) this.#byName.set(refId, id);
    return id;
  }

  #fromRef(refId: string): string {
    const word = refId.replace(/\W/g, '_');
    const small = word.charAt(0).toLowerCase() + word.slice(1);
    return USABLE.test(small) ? small : `q_${word}`;
  }

  /** The expression with queries called by the ids they were given; quoted parts stay. */
  rename(expression: string): string {
    return expression.replace(
      /'[^']*'|"[^"]*"|[A-Za-z_]\w*(?!\w*\s*\()/g,
      (word) => this.#byName.get(word) ?? word,
    );
  }

  /** Grafana's own math: `$A / 1000` and `${A}`. */
  renameServer(expression: string): string {
    return expression.replace(
      /\$\{([^}]+)\}|\$(\w+)/g,
      (whole, braced?: string, bare?: string) => this.#byName.get(braced ?? bare ?? '') ?? whole,
    );
  }

  has(name: string): boolean {
    return this.#byName.has(name.replace(/^\$\{?|\}$/g, ''));
  }
}
