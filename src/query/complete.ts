import type { Vocabulary } from './query.ts';

/** What can stand at the cursor. `from` and `to` bound the text it replaces, in UTF-16 units; best options first. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly CompletionOption[];
}

/** `label` is what to show, `insert` what to put in. */
export interface CompletionOption {
  readonly kind: 'field' | 'value' | 'keyword';
  readonly label: string;
  readonly insert: string;
}

export interface CompletionSource {
  readonly vocabulary: Vocabulary;
  /** The values to offer for a field, in the order they should be offered. */
  readonly values: (field: string) => readonly string[];
}

const MAX_OPTIONS = 100;

/** Completion for one line of KQL, finished or not: any text and any cursor have an answer. */
export function completeAt(text: string, cursor: number, source: CompletionSource): Completion {
  const at = Math.min(Math.max(Math.trunc(cursor) || 0, 0), text.length);
  const { tokens, open } = scan(text, at);
  const place = placeAfter(tokens);
  const typed = open?.text ?? '';
  const from = open?.from ?? at;
  const to = endOfWord(text, at, open?.quoted ?? false);
  const options = optionsAt(place, source).filter(option => fits(option, typed));
  return { from, to, options: bestFirst(options, typed).slice(0, MAX_OPTIONS) };
}

type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'and' | 'or' | 'not' | 'colon' | 'range' | '(' | ')' | '{' | '}' };

/** The word that the cursor stands in or right after. */
interface OpenWord {
  readonly from: number;
  readonly text: string;
  readonly quoted: boolean;
}

/** Cuts what stands before the cursor into words and signs; the last word stays open when it touches the cursor. */
function scan(text: string, cursor: number): { tokens: readonly Token[]; open: OpenWord | undefined } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < cursor) {
    const word = wordAt(text, at, cursor);
    if (word !== undefined) {
      if (word.end >= cursor && !word.closed)
        return { tokens, open: { from: at, text: word.text, quoted: word.quoted } };
      tokens.push(tokenOf(word.text, word.quoted));
      at = word.end;
    } else {
      const sign = SIGNS.get(text[at]!);
      if (sign !== undefined) tokens.push({ kind: sign });
      at += 1;
    }
  }
  return { tokens, open: undefined };
}

const SIGNS: ReadonlyMap<string, Exclude<Token['kind'], 'word'>> = new Map([
  [':', 'colon'],
  ['<', 'range'],
  ['>', 'range'],
  ['=', 'range'],
  ['(', '('],
  [')', ')'],
  ['{', '{'],
  ['}', '}'],
]);

const isSpace = (character: string | undefined) => character !== undefined && /[ \t\r\n\u00a0]/.test(character);
const isEnd = (character: string | undefined) =>
  isSpace(character) || (character !== undefined && '():<>"{}='.includes(character));

interface Word {
  readonly text: string;
  readonly end: number;
  readonly quoted: boolean;
  /** A quoted word whose closing quote has been seen. */
  readonly closed: boolean;
}

function wordAt(text: string, from: number, cursor: number): Word | undefined {
  const quoted = text[from] === '"';
  if (!quoted && isEnd(text[from])) return undefined;
  const characters: string[] = [];
  let at = quoted ? from + 1 : from;
  while (at < cursor && !(quoted ? text[at] === '"' : isEnd(text[at]))) {
    if (text[at] === '\\' && at + 1 < cursor) at += 1;
    characters.push(text[at]!);
    at += 1;
  }
  const closed = quoted && at < cursor;
  return { text: characters.join(''), end: closed ? at + 1 : at, quoted, closed };
}

function tokenOf(text: string, quoted: boolean): Token {
  const lower = text.toLowerCase();
  return !quoted && (lower === 'and' || lower === 'or' || lower === 'not') ? { kind: lower } : { kind: 'word', text };
}

/** The rest of the word under the cursor; a closing quote belongs to it. */
function endOfWord(text: string, cursor: number, quoted: boolean): number {
  let at = cursor;
  while (at < text.length && !(quoted ? text[at] === '"' : isEnd(text[at]))) at += 1;
  return quoted && at < text.length ? at + 1 : at;
}

/** Where the cursor stands: before a field, after one, before a value of a field, or after a whole comparison. */
type Place =
  | { readonly kind: 'field'; readonly prefix: string }
  | { readonly kind: 'operator'; readonly field: string }
  | { readonly kind: 'value'; readonly field: string; readonly list: boolean; readonly range: boolean }
  | { readonly kind: 'connective' };

interface Bracket {
  readonly sign: '(' | '{';
  /** The field whose value list or objects these brackets hold. */
  readonly field: string | undefined;
}

function placeAfter(tokens: readonly Token[]): Place {
  const brackets: Bracket[] = [];
  let place: Place = { kind: 'field', prefix: '' };
  for (const token of tokens) place = step(place, token, brackets);
  return place;
}

/** Moves on by one token; `brackets` are the open ones, innermost last. */
function step(place: Place, token: Token, brackets: Bracket[]): Place {
  switch (token.kind) {
    case 'word':
      return place.kind === 'field' ? { kind: 'operator', field: place.prefix + token.text } : afterValue(place);
    case 'colon':
    case 'range':
      return place.kind === 'operator'
        ? { kind: 'value', field: place.field, list: false, range: token.kind === 'range' }
        : place;
    case '(':
    case '{':
      brackets.push({ sign: token.kind, field: place.kind === 'value' ? place.field : undefined });
      return start(brackets);
    case ')':
    case '}':
      brackets.pop();
      return { kind: 'connective' };
    default:
      return start(brackets);
  }
}

/** A second word is part of the first: `a field with spaces`, `a value with spaces`. */
function afterValue(place: Place): Place {
  return place.kind === 'value' ? { kind: 'connective' } : place;
}

/** What begins inside the innermost bracket: another value of its list, or another field. */
function start(brackets: readonly Bracket[]): Place {
  const inner = brackets.at(-1);
  if (inner?.sign === '(' && inner.field !== undefined) {
    return { kind: 'value', field: inner.field, list: true, range: false };
  }
  const objects = brackets.findLast(bracket => bracket.sign === '{');
  return { kind: 'field', prefix: objects?.field === undefined ? '' : `${objects.field}.` };
}

function optionsAt(place: Place, { vocabulary, values }: CompletionSource): readonly CompletionOption[] {
  switch (place.kind) {
    case 'field':
      return [...fieldOptions(vocabulary.names, place.prefix), keyword('not')];
    case 'operator':
      return [':', ...operatorsFor(place.field, vocabulary), 'and', 'or'].map(keyword);
    case 'value':
      return [...values(place.field).map(valueOption), ...valueKeywords(place)];
    case 'connective':
      return ['and', 'or'].map(keyword);
  }
}

function fieldOptions(names: readonly string[], prefix: string): readonly CompletionOption[] {
  return names
    .filter(name => name.startsWith(prefix))
    .map(name => name.slice(prefix.length))
    .map(name => ({ kind: 'field', label: name, insert: unquotable(name) ? quoted(name) : name }));
}

const ORDERED: ReadonlySet<string | undefined> = new Set(['long', 'double', 'date', 'ip', 'json']);

function operatorsFor(field: string, vocabulary: Vocabulary): readonly string[] {
  return ORDERED.has(vocabulary.mapping(field)?.type) ? ['<', '<=', '>', '>='] : [];
}

function valueKeywords({ list, range }: { list: boolean; range: boolean }): readonly CompletionOption[] {
  if (range) return [];
  return list ? [keyword('*'), keyword('not')] : [keyword('*'), keyword('(')];
}

function valueOption(value: string): CompletionOption {
  return { kind: 'value', label: value, insert: unquotable(value) ? quoted(value) : value };
}

function keyword(word: string): CompletionOption {
  return { kind: 'keyword', label: word, insert: word };
}

/** Whether the text means something else without quotes. */
function unquotable(text: string): boolean {
  return text === '' || /[\\():<>"*{}\s\u00a0=]/.test(text) || /^(?:and|or|not|null)$/i.test(text);
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function fits(option: CompletionOption, typed: string): boolean {
  return (
    option.label.toLowerCase().includes(typed.toLowerCase()) &&
    (option.kind !== 'keyword' || startsAlike(option, typed))
  );
}

function startsAlike({ label }: CompletionOption, typed: string): boolean {
  return label.toLowerCase().startsWith(typed.toLowerCase());
}

/** Those that begin with what was typed, then those that hold it; otherwise as they come. */
function bestFirst(options: readonly CompletionOption[], typed: string): readonly CompletionOption[] {
  return [
    ...options.filter(option => startsAlike(option, typed)),
    ...options.filter(option => !startsAlike(option, typed)),
  ];
}
