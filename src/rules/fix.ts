import type { Json, JsonObject } from '../documents/document.ts';
import { readerOf } from '../documents/path.ts';
import type { Fix } from '../findings/finding.ts';
import type { FixTemplate } from './rule.ts';

/** Fills a rule's templates from documents. What a document does not say stands there as `<field>`. */
export function fixer({ text, cli, terraform }: FixTemplate): (body: JsonObject) => Fix {
  const fillText = filler(text, values => values.join(', '));
  const fillCli = cli === undefined ? undefined : filler(cli, values => values.map(shellQuoted).join(' '));
  const fillTerraform =
    terraform === undefined ? undefined : filler(terraform, values => values.map(hclEscaped).join('", "'));
  return body => ({
    text: fillText(body),
    ...(fillCli === undefined ? {} : { cli: fillCli(body) }),
    ...(fillTerraform === undefined ? {} : { terraform: fillTerraform(body) }),
  });
}

/** `{{field}}` becomes the values there, put together by `join`. */
function filler(template: string, join: (values: readonly string[]) => string): (body: JsonObject) => string {
  // Every second piece is a field's name: split keeps what the group catches.
  const pieces = template
    .split(/\{\{\s*([\w.@-]+)\s*\}\}/)
    .map((piece, at) => (at % 2 === 0 ? piece : fieldPiece(piece, join)));
  return body => pieces.map(piece => (typeof piece === 'string' ? piece : piece(body))).join('');
}

function fieldPiece(field: string, join: (values: readonly string[]) => string): (body: JsonObject) => string {
  const read = readerOf(field);
  return body => {
    const values = read(body);
    return join(values.length === 0 ? [`<${field}>`] : values.map(plain));
  };
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * One word to a POSIX shell, whatever is in it, and always on one line: a template may have it in a comment. Control characters,
 * which no name of AWS has, are left to printf.
 */
export function shellQuoted(value: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(value)) return value;
  if (/\p{Cc}/u.test(value)) return `"$(printf '${value.replace(/[%'\\\p{Cc}]/gu, forPrintf)}')"`;
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

function forPrintf(character: string): string {
  if (character === '%') return '%%';
  return [...Buffer.from(character)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

const HCL_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['${', '$${'],
  ['%{', '%%{'],
]);

/** For inside a quoted HCL string, where `${` and `%{` begin templates. */
function hclEscaped(value: string): string {
  return value.replace(/["\\\n\r\t]|[$%]\{/g, special => HCL_ESCAPES.get(special)!);
}
