import type { FieldName, Tree, Value } from './tree.ts';

/** The query as text that reads back as the same tree. */
export function print(tree: Tree): string {
  switch (tree.kind) {
    case 'all':
      return '';
    case 'and':
    case 'or':
      return tree.parts.map(bracketed).join(` ${tree.kind} `);
    case 'not':
      return `not ${bracketed(tree.part)}`;
    case 'is':
      return `${printName(tree.field)}: ${printValue(tree.value)}`;
    case 'range':
      return `${printName(tree.field)} ${tree.operator} ${printValue(tree.value)}`;
    case 'nested':
      return `${printName(tree.field)}: { ${print(tree.part)} }`;
    case 'free':
      return printValue(tree.value);
  }
}

function bracketed(tree: Tree): string {
  return tree.kind === 'and' || tree.kind === 'or' || tree.kind === 'not' ? `(${print(tree)})` : print(tree);
}

/** A field's name as the query writes it. */
export function printName(field: FieldName): string {
  return printValue(field.name);
}

function printValue(value: Value): string {
  if (value.kind === 'wildcard') return printUnquoted(value.parts.map(escaped).join('*'));
  if (value.quoted) return `"${value.text.replace(/[\\"]/g, '\\$&')}"`;
  return printUnquoted(escaped(value.text));
}

function escaped(text: string): string {
  return text.replace(/[\\():<>"*{}]/g, '\\$&');
}

/** Only single spaces between words can stand as they are; a word that would be an operator is escaped. */
function printUnquoted(text: string): string {
  return text
    .replace(/^ | $|[\t\r\n\u00a0]| (?= )/g, space => `\\u${space.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/(?:or|and|not)(?= |$)/gi, '\\$&');
}
