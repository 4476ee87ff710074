import { FlatList, NamedList } from '../operations/raw';

/** Text made safe inside an XML element. */
export const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Members as XML elements; lists as `<member>`, as the query protocol writes them. */
export function toXml(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof NamedList) {
    return value.items
      .map((item) => `<${value.element}>${toXml(item)}</${value.element}>`)
      .join('');
  }
  if (Array.isArray(value)) return value.map((item) => `<member>${toXml(item)}</member>`).join('');
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => element(name, member))
      .join('');
  }
  return escapeXml(String(value));
}

function element(name: string, member: unknown): string {
  if (member instanceof FlatList) return member.items.map((item) => element(name, item)).join('');
  return `<${name}>${toXml(member)}</${name}>`;
}
