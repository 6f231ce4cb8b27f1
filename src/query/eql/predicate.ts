import { fieldAsk, fieldQuestion, testFor } from '../field-question.ts';
import type { Ask } from '../kleene.ts';
import type { Test } from '../lookup.ts';
import { ip } from '../match/ip.ts';
import { isMisfit, type Misfit } from '../match/matcher.ts';
import { isExact } from '../pins.ts';
import { type EqlContext, type Field, fieldOf, refusal } from './context.ts';
import { wildcardTest } from './pattern.ts';
import { free, opposite, type Plan } from './plan.ts';
import { constantOf, constantsOf, patternCall, scriptOf } from './script.ts';
import { anyOfTexts, textTestOf } from './text-test.ts';
import type { Call, Compare, Comparison, Expression, FieldName, In, Is, Value } from './tree.ts';
import { textOfValue } from './values.ts';

/** The plan of a question that an index answers: one field and constants. Undefined for what needs a script. */
export function predicateOf(expression: Expression, context: EqlContext): Plan | undefined {
  switch (expression.kind) {
    case 'field': {
      const field = fieldOf(expression, context);
      return field === undefined ? undefined : truthPlan(field, context);
    }
    case 'compare':
      return comparePlan(expression, context);
    case 'is':
      return isPlan(expression, context);
    case 'in':
      return inPlan(expression, context);
    case 'call':
      return callPlan(expression, context);
    default:
      return undefined;
  }
}

/** A field alone is a condition when it is true or false. */
function truthPlan(field: Field, context: EqlContext): Plan {
  const { mapping, at } = field;
  if (mapping === undefined || mapping.type === 'boolean' || mapping.type === 'json')
    return equalityPlan(field, true, at, context);
  return misfitPlan(field, { misfit: 'is not true or false: a condition needs a comparison' }, at, context);
}

const mirrored: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function comparePlan({ operator, left, right }: Compare, context: EqlContext): Plan | undefined {
  if (left.kind === 'field') return fieldComparison(left, operator, right, context);
  return right.kind === 'field' ? fieldComparison(right, mirrored[operator], left, context) : undefined;
}

function fieldComparison(
  name: FieldName,
  operator: Comparison,
  other: Expression,
  context: EqlContext,
): Plan | undefined {
  const field = fieldOf(name, context);
  const constant = constantOf(other, context);
  if (field === undefined || constant === undefined) return undefined;
  if (constant.value === null) return existencePlan(field, operator, context);
  const { value } = constant;
  switch (operator) {
    case '==':
      return equalityPlan(field, value, other.at, context);
    case '!=':
      return opposite(equalityPlan(field, value, other.at, context));
    default: {
      const literal = { kind: 'literal', text: textOfValue(value), quoted: true, at: other.at } as const;
      return questionPlan(field, { kind: 'range', operator, value: literal }, other.at, context);
    }
  }
}

/** `== null`: there is no value. Anything but == and != with null has no answer, which is no. */
function existencePlan(field: Field, operator: Comparison, context: EqlContext): Plan | undefined {
  const anything = { kind: 'wildcard', parts: ['', ''], at: field.at } as const;
  const exists = questionPlan(field, { kind: 'is', value: anything }, field.at, context);
  return operator === '!=' ? exists : operator === '==' ? opposite(exists) : undefined;
}

function equalityPlan(field: Field, value: NonNullable<Value>, at: number, context: EqlContext): Plan {
  const text = textOfValue(value);
  const plan = questionPlan(field, { kind: 'is', value: { kind: 'literal', text, quoted: true, at } }, at, context);
  return { ...plan, pins: pinned(field, [text]) };
}

function pinned({ name, mapping }: Field, texts: readonly string[]): Plan['pins'] {
  const isPinned = texts.every(text => isExact(mapping, text));
  return field => (isPinned && field === name ? new Set(texts) : undefined);
}

function questionPlan(
  field: Field,
  question: Parameters<typeof fieldQuestion>[2],
  at: number,
  context: EqlContext,
): Plan {
  const { name, mapping } = field;
  if (mapping === undefined) return missingPlan(field);
  const outcome = fieldQuestion(name, mapping, question, { ...context, prefix: '' });
  if (isAnswerable(outcome)) return { ask: outcome.ask, fields: new Set([name]), pins: free };
  return misfitPlan(field, outcome, at, context);
}

function isAnswerable(outcome: { readonly ask: Ask } | Misfit): outcome is { readonly ask: Ask } {
  return 'ask' in outcome;
}

function missingPlan({ name }: Field): Plan {
  return { ask: () => 'no', fields: new Set([name]), pins: free };
}

/** What the field can never hold matches nothing, where the caller does not mind. */
function misfitPlan(field: Field, { misfit, hint }: Misfit, at: number, context: EqlContext): Plan {
  if (context.unknownFields === 'ignore') return missingPlan(field);
  throw refusal(context, at, `${field.name} ${misfit}`, hint);
}

function testPlan(field: Field, test: Test): Plan {
  const { name, mapping, below } = field;
  if (mapping === undefined) return missingPlan(field);
  return { ask: fieldAsk(name, mapping, test, { prefix: '', below }), fields: new Set([name]), pins: free };
}

/** A test of text, which only fields of text take. */
function textPlan(field: Field, what: string, test: (text: string) => boolean, context: EqlContext): Plan {
  switch (field.mapping?.type) {
    case 'long':
    case 'double':
    case 'boolean':
    case 'date':
    case 'ip': {
      const hint = field.mapping.type === 'ip' ? 'Use == or cidrMatch.' : 'Use ==, in, < and so on.';
      return misfitPlan(field, { misfit: `is no text, and ${what} compares text`, hint }, field.at, context);
    }
    default:
      return testPlan(field, leaf => test(String(leaf)));
  }
}

function isPlan(expression: Is, context: EqlContext): Plan | undefined {
  const field = expression.subject.kind === 'field' ? fieldOf(expression.subject, context) : undefined;
  return field === undefined
    ? undefined
    : textPlan(field, expression.operator, textTestOf(expression, context), context);
}

function inPlan({ subject, values, insensitive, at }: In, context: EqlContext): Plan | undefined {
  const field = subject.kind === 'field' ? fieldOf(subject, context) : undefined;
  if (field === undefined) return undefined;
  const texts = constantsOf(values, context).map(textOfValue);
  if (insensitive) return textPlan(field, 'in~', anyOfTexts(texts), context);
  if (field.mapping === undefined) return missingPlan(field);
  const tests: Test[] = [];
  for (const text of texts) {
    const test = testFor(
      field.mapping,
      { kind: 'is', value: { kind: 'literal', text, quoted: true, at } },
      context.now,
    );
    if (isMisfit(test)) return misfitPlan(field, test, at, context);
    tests.push(test);
  }
  return { ...testPlan(field, leaf => tests.some(test => test(leaf))), pins: pinned(field, texts) };
}

/**
 * The calls of a field and constants that Elasticsearch sends to an index: a prefix, and wildcards in which `*`, `?` and `\` of
 * the text count. The first translation (7.10) has them only with case, and endsWith not at all.
 */
function callPlan(call: Call, context: EqlContext): Plan | undefined {
  const pattern = patternCall(call);
  if (pattern !== undefined) return isPlan(pattern, context);
  const [subject, ...rest] = call.args;
  const field = subject?.kind === 'field' ? fieldOf(subject, context) : undefined;
  if (field === undefined) return undefined;
  const name = call.name.toLowerCase();
  scriptOf(call, [], context);
  if (name === 'cidrmatch') return blocksPlan(field, rest, context);
  const isSent =
    context.translation === '7.15' ? /^(?:startswith|endswith|stringcontains)$/ : /^(?:startswith|stringcontains)$/;
  if (!isSent.test(name) || (call.insensitive && context.translation === '7.10')) return undefined;
  const part = constantOf(rest[0]!, context)?.value;
  if (typeof part !== 'string') return undefined;
  return textPlan(field, call.name, textCallTest(name, part, call.insensitive), context);
}

function textCallTest(name: string, part: string, insensitive: boolean): (text: string) => boolean {
  if (name === 'startswith') {
    if (!insensitive) return text => text.startsWith(part);
    const escaped = part.replace(/[\\*?]/g, '\\$&');
    return wildcardTest(`${escaped}*`, { escapes: true, insensitive });
  }
  return wildcardTest(name === 'endswith' ? `*${part}` : `*${part}*`, { escapes: true, insensitive });
}

/** Addresses in blocks; a field of a document that nobody described can hold some. */
function blocksPlan(field: Field, blocks: readonly Expression[], context: EqlContext): Plan | undefined {
  const tests: Test[] = [];
  for (const block of blocks) {
    const value = constantOf(block, context)?.value;
    const test = typeof value === 'string' ? ip.equals({ text: value, quoted: true, now: context.now }) : undefined;
    if (test === undefined || isMisfit(test)) return undefined;
    tests.push(test);
  }
  return testPlan(field, leaf => tests.some(test => test(leaf)));
}

/** The category is one of the field's values, in its own case. */
export function categoryPlan(name: string, field: FieldName, context: EqlContext): Plan {
  return equalityPlan(fieldOf(field, context)!, name, field.at, context);
}
