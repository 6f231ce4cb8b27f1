import { matcherByType } from '../match/by-type.ts';
import { isMisfit } from '../match/matcher.ts';
import { nearest } from '../vocabulary.ts';
import { calculate, negative } from './arithmetic.ts';
import { type EqlContext, type Field, fieldOf, refusal } from './context.ts';
import { accepts, applyFunction, type EqlFunction, functionNamed, functionNames } from './functions.ts';
import { anyOfTexts, textTestOf } from './text-test.ts';
import type { Call, Compare, Expression, In, Is, Literal, Value } from './tree.ts';
import { compareValues, type Type, textOfValue, typeOfField, typeOfValue } from './values.ts';

/**
 * An expression as a function of the values of the fields in it, one value for each place where a field stands: what
 * Elasticsearch runs as a script when an index cannot answer. Null is "nothing to say", as in SQL.
 */
export interface Script {
  readonly type: Type;
  run(values: readonly Value[]): Value;
}

/** Makes the script and appends the fields that it reads. Throws QueryError for types that do not go together. */
export function scriptOf(expression: Expression, fields: Field[], context: EqlContext): Script {
  switch (expression.kind) {
    case 'literal':
      return constant(expression.value);
    case 'field': {
      const field = fieldOf(expression, context);
      return field === undefined ? constant(null) : fieldScript(field, fields, context);
    }
    case 'call':
      return callScript(expression, fields, context);
    case 'arithmetic': {
      const first = numberScript(expression.first, fields, context);
      const rest = expression.rest.map(({ operator, part }) => ({
        operator,
        part: numberScript(part, fields, context),
      }));
      return {
        type: 'number',
        run: values =>
          rest.reduce((left, { operator, part }) => calculate(operator, left, part.run(values)), first.run(values)),
      };
    }
    case 'negative': {
      const part = numberScript(expression.part, fields, context);
      return { type: 'number', run: values => negative(part.run(values)) };
    }
    case 'compare':
      return compareScript(expression, fields, context);
    case 'is':
      return isScript(expression, fields, context);
    case 'in':
      return inScript(expression, fields, context);
    case 'not': {
      const part = conditionScript(expression.part, fields, context);
      return condition(values => opposite(part.run(values)));
    }
    case 'and':
    case 'or': {
      const parts = expression.parts.map(part => conditionScript(part, fields, context));
      const deciding = expression.kind === 'or';
      return condition(values => combined(parts, deciding, values));
    }
  }
}

/** The value of an expression in which no field stands; undefined for any other. */
export function constantOf(expression: Expression, context: EqlContext): { readonly value: Value } | undefined {
  const fields: Field[] = [];
  const script = scriptOf(expression, fields, context);
  return fields.length === 0 ? { value: script.run([]) } : undefined;
}

/** `wildcard(field, "a*")` and `match(field, "a.*")` are `like` and `regex`; undefined for other calls. */
export function patternCall({ name, insensitive, args, at }: Call): Is | undefined {
  const operator = { wildcard: 'like', match: 'regex' }[name.toLowerCase()];
  const [subject, ...patterns] = args;
  if ((operator !== 'like' && operator !== 'regex') || subject === undefined) return undefined;
  if (patterns.length === 0 || !patterns.every(pattern => pattern.kind === 'literal')) return undefined;
  return {
    kind: 'is',
    operator: insensitive ? `${operator}~` : operator,
    subject,
    patterns: patterns as Literal[],
    at,
  };
}

function constant(value: Value): Script {
  return { type: typeOfValue(value), run: () => value };
}

function condition(run: (values: readonly Value[]) => boolean | null): Script {
  return { type: 'boolean', run };
}

function fieldScript(field: Field, fields: Field[], { unknownFields }: EqlContext): Script {
  const at = fields.push(field) - 1;
  const type = field.mapping === undefined || unknownFields === 'ignore' ? 'any' : typeOfField(field.mapping);
  return { type, run: values => values[at]! };
}

function opposite(value: Value): boolean | null {
  return typeof value === 'boolean' ? !value : null;
}

/** And, or `or` when true decides: the deciding value wins, then null. */
function combined(parts: readonly Script[], deciding: boolean, values: readonly Value[]): boolean | null {
  let result: boolean | null = !deciding;
  for (const part of parts) {
    const value = part.run(values);
    if (value === deciding) return deciding;
    if (typeof value !== 'boolean') result = null;
  }
  return result;
}

function numberScript(expression: Expression, fields: Field[], context: EqlContext): Script {
  const script = scriptOf(expression, fields, context);
  if (!accepts('number', script.type))
    throw refusal(context, expression.at, `Arithmetic needs numbers, and this is ${named(script.type)}`);
  return script;
}

export function conditionScript(expression: Expression, fields: Field[], context: EqlContext): Script {
  const script = scriptOf(expression, fields, context);
  if (accepts('boolean', script.type)) return script;
  throw refusal(context, expression.at, `A condition is true or false, and this is ${named(script.type)}`);
}

function named(type: Type): string {
  const names: Readonly<Record<Type, string>> = {
    text: 'text',
    number: 'a number',
    boolean: 'true or false',
    date: 'a date',
    ip: 'an IP address',
    null: 'null',
    any: 'any value',
  };
  return names[type];
}

function compareScript({ operator, left, right, at }: Compare, fields: Field[], context: EqlContext): Script {
  const before = fields.length;
  const a = scriptOf(left, fields, context);
  const between = fields.length;
  const b = scriptOf(right, fields, context);
  if (between > before && fields.length > between) {
    throw refusal(
      context,
      at,
      'EQL compares a field with a value, not with another field',
      'stringContains, startsWith and endsWith take two fields.',
    );
  }
  if (left.kind !== 'field' && right.kind !== 'field' && !accepts(a.type, b.type) && !accepts(b.type, a.type)) {
    throw refusal(context, at, `Compares ${named(a.type)} with ${named(b.type)}`);
  }
  if (a.type === 'null' || b.type === 'null') return nullTest(operator, a, b);
  return condition(values => compareValues(operator, a.run(values), b.run(values)));
}

/** `== null` and `!= null` ask whether there is a value; no other comparison with null has an answer. */
function nullTest(operator: Compare['operator'], a: Script, b: Script): Script {
  const other = a.type === 'null' ? b : a;
  if (operator === '==') return condition(values => other.run(values) === null);
  if (operator === '!=') return condition(values => other.run(values) !== null);
  return constant(null);
}

function isScript(expression: Is, fields: Field[], context: EqlContext): Script {
  const subject = scriptOf(expression.subject, fields, context);
  const test = textTestOf(expression, context);
  if (expression.subject.kind !== 'field' && !accepts('text', subject.type)) {
    throw refusal(context, expression.at, `${expression.operator} compares text, and this is ${named(subject.type)}`);
  }
  return condition(values => {
    const value = subject.run(values);
    return typeof value === 'string' ? test(value) : null;
  });
}

function inScript({ subject, values: list, insensitive, at }: In, fields: Field[], context: EqlContext): Script {
  const wanted = constantsOf(list, context);
  const script = scriptOf(subject, fields, context);
  if (insensitive) {
    const test = anyOfTexts(wanted.map(value => textOfValue(value)));
    return condition(values => {
      const value = script.run(values);
      return typeof value === 'string' ? test(value) : null;
    });
  }
  const unlike = wanted.find(value => !accepts(script.type, typeOfValue(value)));
  if (subject.kind !== 'field' && unlike !== undefined) {
    throw refusal(context, at, `Compares ${named(script.type)} with ${named(typeOfValue(unlike))}`);
  }
  return condition(values => {
    const value = script.run(values);
    return value === null ? null : wanted.some(one => compareValues('==', value, one) === true);
  });
}

/** The values of a list; null stands for none. */
export function constantsOf(list: readonly Expression[], context: EqlContext): readonly NonNullable<Value>[] {
  return list.flatMap(expression => {
    const found = constantOf(expression, context);
    if (found === undefined) throw refusal(context, expression.at, 'A list holds values, not fields');
    return found.value === null ? [] : [found.value];
  });
}

function callScript(call: Call, fields: Field[], context: EqlContext): Script {
  const rewritten = patternCall(call);
  if (rewritten !== undefined) return isScript(rewritten, fields, context);
  const fn = functionOf(call, context);
  const args = call.args.map((arg, at) => argumentScript(fn, arg, at, fields, context));
  return {
    type: fn.returns,
    run: values =>
      applyFunction(
        fn,
        args.map(arg => arg.run(values)),
        call.insensitive,
      ),
  };
}

function functionOf({ name, insensitive, args, at }: Call, context: EqlContext): EqlFunction {
  const fn = functionNamed(name);
  if (fn === undefined) throw noSuchFunction(name, at, context);
  if (insensitive && !fn.tilde) throw refusal(context, at, `There is no ${fn.name}~: ${fn.name} has no case to ignore`);
  const least = fn.params.length - fn.optional;
  if (args.length < least || (!fn.many && args.length > fn.params.length)) {
    const most = fn.many ? 'or more' : fn.optional > 0 ? `to ${fn.params.length}` : '';
    throw refusal(context, at, `${fn.name} takes ${least} ${most} arguments, not ${args.length}`.replace('  ', ' '));
  }
  return fn;
}

function noSuchFunction(name: string, at: number, context: EqlContext): Error {
  if (['wildcard', 'match'].includes(name.toLowerCase())) {
    return refusal(context, at, `${name} takes a value and one or more patterns in quotes`);
  }
  const near = nearest(name, functionNames);
  return refusal(
    context,
    at,
    `There is no function ${name}`,
    near.length === 0 ? undefined : `Did you mean ${near.join(' or ')}?`,
  );
}

function argumentScript(fn: EqlFunction, arg: Expression, at: number, fields: Field[], context: EqlContext): Script {
  const before = fields.length;
  const script = scriptOf(arg, fields, context);
  const param = fn.params[Math.min(at, fn.params.length - 1)]!;
  const isKeyword = param === 'ip' && arg.kind === 'field' && script.type === 'text';
  if (!accepts(param, script.type) || isKeyword) {
    throw refusal(
      context,
      arg.at,
      `Argument ${at + 1} of ${fn.name} is ${named(param)}, and this is ${named(script.type)}`,
    );
  }
  if (at >= (fn.constantFrom ?? Number.POSITIVE_INFINITY) && fields.length > before) {
    throw refusal(context, arg.at, `Argument ${at + 1} of ${fn.name} is a value, not a field`);
  }
  if (fn.name === 'cidrMatch' && at > 0) refuseBadBlock(script, arg, context);
  return script;
}

function refuseBadBlock(script: Script, arg: Expression, context: EqlContext): void {
  const block = script.run([]);
  if (block === null) return;
  const test = matcherByType.ip.equals({ text: String(block), quoted: true, now: context.now });
  if (isMisfit(test))
    throw refusal(context, arg.at, 'This is no block of addresses', 'Write "10.0.0.0/8" or "2001:db8::/32".');
}
