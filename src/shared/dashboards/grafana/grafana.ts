/** Reads a Grafana dashboard. */
import type { JsonSource } from '../json-source';
import type { InputValues, ReadResult } from '../read-result';

export function readGrafana(source: JsonSource, values: InputValues): ReadResult {
  void [source, values];
  throw new Error('Grafana dashboards cannot be read yet.');
}
