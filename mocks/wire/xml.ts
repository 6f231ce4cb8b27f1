/** `undefined` members are left out; lists become `<member>` elements, `<item>` in EC2's dialect; S3's are `flat`, each item under the list's own name. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

export function xmlDocument(
  root: string,
  content: Xml,
  options: { namespace?: string; listItem?: string } = {},
): string {
  const namespace = options.namespace === undefined ? '' : ` xmlns="${escapeXml(options.namespace)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${inner(content, options.listItem ?? 'member')}</${root}>\n`;
}

function inner(value: Xml, listItem: string): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escapeXml(String(value));
  if (isList(value)) return value.map(item => `<${listItem}>${inner(item, listItem)}</${listItem}>`).join('');
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .flatMap(([name, member]) => {
      const items = listItem === 'flat' && typeof member === 'object' && isList(member) ? member : [member];
      return items.map(item => `<${name}>${inner(item, listItem)}</${name}>`);
    })
    .join('');
}

/**
 * XML 1.0 knows no control characters but tab, line feed and carriage return, not even as references: the rest is left
 * out. Those three are written as references, because parsers fold them otherwise.
 */
export function escapeXml(text: string): string {
  return wellFormed(text)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"'\t\n\r]/g, character => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`);
}

const isList = (value: object): value is readonly Xml[] => Array.isArray(value);

/** Halves of surrogate pairs have no UTF-8. */
export const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
