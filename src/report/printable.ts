import { tomlEscape } from '../toml/escape.ts';
import { deepJson } from './deepJson.ts';

/**
 * Text that others wrote (names, tags, user agents, certificate subjects) made fit for a terminal or a CI log: one
 * line, every character visible, no log command.
 *
 * - Control, format, bidirectional, zero-width, variation and separator characters, tag characters and lone surrogates
 *   become `\n`, `\x1b`, `\u202e`, `\u{e0041}`.
 * - CI log commands lose their marker: `##[`, `##vso[`, `##teamcity[` become `#\x23[` …; a `::` at the start or after
 *   white space becomes `:\x3a`. ARNs (`arn:aws:iam::1…`) stay as they are.
 *
 * A backslash is not doubled: `printable(printable(x))` is `printable(x)`, and paths and patterns stay readable. Who must
 * tell the text `\x1b` from the character reads the JSON report, which is exact.
 */
export function printable(text: string): string {
  return disarmed(text.replace(UNPRINTABLE, visible));
}

/** The same for text of several lines: line ends stay, a tab becomes two spaces, each line is disarmed on its own. */
export function printableBlock(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map(line => printable(line.replaceAll('\t', '  ')))
    .join('\n');
}

/**
 * JSON text in which no character and no log command survives that `printable` would change. It parses back to the
 * value that JSON.stringify would have given, however deep it is nested; a value that JSON has no word for (`undefined`) is
 * `null`.
 */
export function safeJson(value: unknown, indent?: number): string {
  const text = jsonOf(value, indent)
    .replace(UNPRINTABLE, character => (character === '\n' ? '\n' : unicodeEscapes(character)))
    .replace(/(["\s]):(?=:)/g, '$1\\u003a');
  // Hardly any text has it: to look for two characters is many times as fast as for the expression.
  return text.includes('##') ? text.replace(HASH_COMMAND, '#\\u0023') : text;
}

/** TOML made by `expectToml`, in which no character and no log command survives that `printable` would change: all are in its texts. */
export function safeToml(toml: string): string {
  return toml
    .replace(UNPRINTABLE, character => (character === '\n' ? '\n' : tomlEscape(character)))
    .replace(/(["\s]):(?=:)/g, '$1\\u003a')
    .replace(HASH_COMMAND, '#\\u0023');
}

function jsonOf(value: unknown, indent: number | undefined): string {
  try {
    return JSON.stringify(value, undefined, indent) ?? 'null';
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return deepJson(value, indent);
  }
}

/** `\p{C}` without private use and unassigned, the separators of lines, and what a screen shows as nothing. */
const UNPRINTABLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Variation_Selector}\p{Noncharacter_Code_Point}]/gu;

/** Azure and TeamCity look for these anywhere in a line, and so does GitHub's runner for its older `##[`. */
const HASH_COMMAND = /##(?=[a-z]*\[)/gi;

/** GitHub's runner takes a line that begins, white space aside, with `::`. */
const COLON_COMMAND = /(^|\s)::/g;

function disarmed(line: string): string {
  return line.replace(HASH_COMMAND, '#\\x23').replace(COLON_COMMAND, '$1:\\x3a');
}

const SHORT = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function visible(character: string): string {
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  const code = character.codePointAt(0)!;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

function unicodeEscapes(character: string): string {
  return Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
    .map(unit => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
