import { type Context, fieldAsks, fieldQuestion, indexed, type Question, testFor } from './field-question.ts';
import { freeText } from './free-text.ts';
import { type Ask, allOf, anyOf, notThat, type Scope } from './kleene.ts';
import { isObject, MAX_PARTS, pathOf, someAt, someLeafNamed } from './lookup.ts';
import { isMisfit } from './match/matcher.ts';
import { printName } from './print.ts';
import type { FieldMapping } from './query.ts';
import { queryError } from './query-error.ts';
import { type FieldName, isExists, type Tree, type Wildcard } from './tree.ts';
import { touches, touchesPrefix } from './unknown.ts';
import { nearest } from './vocabulary.ts';
import { matchesParts } from './wildcard.ts';

/** The tree as a closure. Throws QueryError for a field that does not exist and for a value its field can never hold. */
export function evaluator(tree: Tree, context: Context): Ask {
  switch (tree.kind) {
    case 'all':
      return always;
    case 'and':
      return allOf(tree.parts.map(part => evaluator(part, context)));
    case 'or':
      return anyOf(tree.parts.map(part => evaluator(part, context)));
    case 'not':
      return notThat(evaluator(tree.part, context));
    case 'nested':
      return nested(tree.field, tree.part, context);
    case 'free':
      return freeText(tree.value, context);
    default:
      return leaf(tree.field, tree, context);
  }
}

const always: Ask = () => 'yes';
const never: Ask = () => 'no';

function leaf(field: FieldName, question: Question, context: Context): Ask {
  if (field.name.kind === 'wildcard') return anyField(field, field.name, question, context);
  const name = context.prefix + field.name.text;
  const mapping = mappingOf(name, field, context);
  if (mapping === undefined) return never;
  const asked = fieldQuestion(name, mapping, question, context);
  if (!('misfit' in asked)) return asked.ask;
  if (context.unknownFields === 'ignore') return never;
  const { text, place } = context;
  throw queryError({ text, at: question.value.at, message: `${name} ${asked.misfit}`, hint: asked.hint }, place);
}

function mappingOf(name: string, field: FieldName, context: Context): FieldMapping | undefined {
  const { text, place, vocabulary } = context;
  if (name.split('.', MAX_PARTS + 1).length > MAX_PARTS) {
    throw queryError({ text, at: field.at, message: `A field's name has at most ${MAX_PARTS} parts` }, place);
  }
  const mapping = vocabulary.mapping(name);
  if (mapping === undefined && context.unknownFields === 'error') throw noSuchField(name, field, context);
  return mapping;
}

function noSuchField(name: string, field: FieldName, { text, place, vocabulary }: Context): Error {
  const near = nearest(name, vocabulary.names);
  const hint = near.length === 0 ? undefined : `Did you mean ${near.join(' or ')}?`;
  const short = name.length > 100 ? `${name.slice(0, 100)}…` : name;
  return queryError({ text, at: field.at, message: `There is no field ${JSON.stringify(short)}`, hint }, place);
}

/** A wildcard in the field's name: any field of the vocabulary; where fields are not listed, any that the document has. */
function anyField(field: FieldName, pattern: Wildcard, question: Question, context: Context): Ask {
  const [head = '', ...tail] = pattern.parts;
  const parts = [context.prefix + head, ...tail];
  if (context.prefix === '' && isExists(pattern) && question.kind === 'is' && isExists(question.value)) return always;
  const open = context.vocabulary.mapping(parts.join('*'));
  if (open !== undefined) return anyNamed(parts, open, question, context);
  const names = context.vocabulary.names.filter(name => matchesParts(parts, name));
  if (names.length === 0 && context.unknownFields === 'error') throw noSuchField(printName(field), field, context);
  return anyOf(fieldAsks(names, question, context));
}

function anyNamed(parts: readonly string[], mapping: FieldMapping, question: Question, context: Context): Ask {
  const outcome = testFor(mapping, question, context.now);
  if (isMisfit(outcome)) return never;
  const test = indexed(mapping, outcome);
  const { prefix } = context;
  const isUnknown = touchesPrefix(parts[0] ?? '');
  const accepts = (name: string) => matchesParts(parts, prefix + name) && prefix + name !== 'unknown';
  return scope => {
    if (someLeafNamed(scope.value, accepts, test)) return 'yes';
    return scope.unknown.some(isUnknown) ? 'unknown' : 'no';
  };
}

/** Some one object of the list answers the whole question. */
function nested(field: FieldName, part: Tree, context: Context): Ask {
  const { text, place, prefix } = context;
  if (field.name.kind === 'wildcard') {
    throw queryError({ text, at: field.at, message: 'A list of objects is named without a wildcard' }, place);
  }
  const name = prefix + field.name.text;
  const mapping = mappingOf(name, field, context);
  if (mapping === undefined) return never;
  if (mapping.type !== 'nested') {
    throw queryError({ text, at: field.at, message: `${name} is not a nested field: it takes no { … }` }, place);
  }
  return askElements(name, prefix, evaluator(part, { ...context, prefix: `${name}.` }));
}

function askElements(name: string, prefix: string, inner: Ask): Ask {
  const path = pathOf(name.slice(prefix.length));
  const isUnknown = touches(name, false);
  return ({ value, unknown }: Scope) => {
    let undecided = unknown.some(isUnknown);
    const found = someAt(value, path, element => {
      if (!isObject(element)) return false;
      const answer = inner({ value: element, unknown });
      undecided ||= answer === 'unknown';
      return answer === 'yes';
    });
    return found ? 'yes' : undecided ? 'unknown' : 'no';
  };
}
