import type { Json, JsonObject } from '../documents/document.ts';
import { valuesAt } from '../documents/path.ts';
import type { Fix } from '../findings/finding.ts';
import type { FixTemplate } from './rule.ts';

/** Fills a rule's templates from a document. What the document does not say stands there as `<field>`. */
export function fixFor(template: FixTemplate, body: JsonObject): Fix {
  const { text, cli, terraform } = template;
  return {
    text: filled(text, body, values => values.join(', ')),
    ...(cli === undefined ? {} : { cli: filled(cli, body, values => values.map(shellQuoted).join(' ')) }),
    ...(terraform === undefined
      ? {}
      : { terraform: filled(terraform, body, values => values.map(hclEscaped).join('", "')) }),
  };
}

/** `{{field}}` becomes the values there, put together by `join`. */
function filled(template: string, body: JsonObject, join: (values: readonly string[]) => string): string {
  return template.replace(/\{\{\s*([\w.@-]+)\s*\}\}/g, (_, field: string) => {
    const values = valuesAt(body, field).map(plain);
    return join(values.length === 0 ? [`<${field}>`] : values);
  });
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** One word to a POSIX shell, whatever is in it. */
function shellQuoted(value: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(value)) return value;
  return `'${value.replaceAll("'", `'\\''`)}'`;
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
