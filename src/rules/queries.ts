import type { DocumentKind } from '../documents/document.ts';
import { vocabularyFor } from '../documents/fields.ts';
import { UserError } from '../errors.ts';
import { compileEql, type EqlOptions, type EqlQuery } from '../query/eql.ts';
import { compileKql } from '../query/kql.ts';
import type { Query, Vocabulary } from '../query/query.ts';
import { nearest } from '../query/vocabulary.ts';
import type { Places } from '../toml/places.ts';
import { eqlNotes, kqlNotes } from './lint.ts';
import { type RuleProblem, ruleIdOf } from './problem.ts';
import { strayHint } from './strayFields.ts';

/** Makes a rule's queries ready, and gathers what is wrong with them and what is odd. */
export interface QueryReader {
  /** Undefined when there is a problem. KQL's empty query would match everything. */
  kql(written: string): Query | undefined;
  eql(written: string, options: Pick<EqlOptions, 'categoryField' | 'tiebreakerField'>): EqlQuery | undefined;
  /** Fields that are named outside a query. */
  fields(names: readonly string[], path: readonly string[]): void;
  readonly problems: readonly RuleProblem[];
  /** The fields read that are in no vocabulary. */
  readonly unmapped: ReadonlySet<string>;
  readonly notes: readonly string[];
}

export interface QueryReaderOptions {
  readonly kind: DocumentKind;
  readonly file: string;
  readonly places: Places;
  /** What `now` means in queries. */
  readonly now: Date;
  /**
   * Whether a field that is in no vocabulary is a note and not a problem: Elastic's rules read what other data sources and
   * its own engine bring.
   */
  readonly isForeign: boolean;
}

interface Settings {
  readonly vocabulary: Vocabulary;
  readonly unknownFields: 'error' | 'ignore';
}

export function queryReader({ kind, file, places, now, isForeign }: QueryReaderOptions): QueryReader {
  const vocabulary = vocabularyFor(kind);
  const problems: RuleProblem[] = [];
  const unmapped = new Set<string>();
  const notes: string[] = [];

  function kql(written: string): Query | undefined {
    const text = written.trim();
    const compile = (settings: Settings) => compileKql(text, { ...settings, now, ...placeOf(text) });
    const query = compiled(text, compile, each => each.fields);
    if (query !== undefined) notes.push(...kqlNotes(query, vocabulary));
    return query;
  }

  function eql(written: string, options: Parameters<QueryReader['eql']>[1]): EqlQuery | undefined {
    const text = written.trim();
    const compile = (settings: Settings) => compileEql(text, { ...settings, ...options, now, ...placeOf(text) });
    const query = compiled(text, compile, each => (each.kind === 'event' ? each.query.fields : each.fields));
    if (query !== undefined) notes.push(...eqlNotes(text, vocabulary));
    return query;
  }

  function compiled<T>(
    text: string,
    compile: (settings: Settings) => T,
    fieldsOf: (query: T) => readonly string[],
  ): T | undefined {
    if (text === '') {
      problems.push({ rule: ruleIdOf(file), file, line: places.lineOfKey(['rule', 'query']), message: EMPTY });
      return undefined;
    }
    const strict = attempt(() => compile({ vocabulary, unknownFields: 'error' }));
    if ('value' in strict) return strict.value;
    const loose = attempt(() => compile({ vocabulary, unknownFields: 'ignore' }));
    const stray = 'value' in loose ? fieldsOf(loose.value).filter(isUnmapped) : [];
    if (isForeign && 'value' in loose) return leniently(stray, compile) ?? loose.value;
    problems.push(problemOf(strict.error, text, stray));
    return undefined;
  }

  /** With the stray fields as fields of any type; what a field can never hold matches nothing, as a note. */
  function leniently<T>(stray: readonly string[], compile: (settings: Settings) => T): T | undefined {
    stray.forEach(noteUnmapped);
    const wider = widened(vocabulary, stray);
    const strict = attempt(() => compile({ vocabulary: wider, unknownFields: 'error' }));
    if ('value' in strict) return strict.value;
    const [message] = strict.error.message.split('\n');
    notes.push(`matches nothing there: ${message}`);
    const loose = attempt(() => compile({ vocabulary: wider, unknownFields: 'ignore' }));
    return 'value' in loose ? loose.value : undefined;
  }

  function isUnmapped(field: string): boolean {
    return vocabulary.mapping(field) === undefined && !field.includes('*');
  }

  function noteUnmapped(field: string): void {
    if (unmapped.has(field)) return;
    unmapped.add(field);
    const hint = nearest(field, vocabulary.names).join(' or ');
    const meant = hint === '' ? '' : ` (did you mean ${hint}?)`;
    notes.push(`${field} is no field that Postern knows${meant}: where it decides, the rule is not evaluated`);
  }

  function problemOf(error: UserError, text: string, stray: readonly string[]): RuleProblem {
    const hint = strayHint(stray, kind) ?? error.hint;
    const message = hint === undefined ? error.message : `${error.message}\n${hint}`;
    const line = lineWithin(error.where, file) ?? places.lineOfText(text);
    return { rule: ruleIdOf(file), file, line, message };
  }

  function placeOf(text: string): { readonly file: string; readonly line: number | undefined } {
    return { file, line: places.lineOfText(text) };
  }

  function fields(names: readonly string[], path: readonly string[]): void {
    for (const name of names.filter(isUnmapped)) {
      if (isForeign) noteUnmapped(name);
      else problems.push({ rule: ruleIdOf(file), file, line: places.lineOfKey(path), message: noField(name, path) });
    }
  }

  function noField(name: string, path: readonly string[]): string {
    const hint = nearest(name, vocabulary.names).join(' or ');
    const meant = hint === '' ? '' : `\nDid you mean ${hint}?`;
    return `${path.join('.')}: there is no field ${JSON.stringify(name)}${meant}`;
  }

  return { kql, eql, fields, problems, unmapped, notes };
}

const EMPTY = 'rule.query: is missing or empty';

function attempt<T>(action: () => T): { readonly value: T } | { readonly error: UserError } {
  try {
    return { value: action() };
  } catch (error) {
    if (error instanceof UserError) return { error };
    throw error;
  }
}

function widened(vocabulary: Vocabulary, fields: readonly string[]): Vocabulary {
  const more = new Set(fields);
  return {
    names: [...vocabulary.names, ...more],
    mapping: field => vocabulary.mapping(field) ?? (more.has(field) ? { type: 'json' } : undefined),
  };
}

/** From `file:line:column`. */
function lineWithin(where: string | undefined, file: string): number | undefined {
  const line = Number.parseInt(where?.slice(file.length + 1) ?? '', 10);
  return Number.isNaN(line) ? undefined : line;
}
