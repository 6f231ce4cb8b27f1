import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comparison, compareAccess } from '../../../src/iam/compare/compare.ts';
import {
  ABSENT,
  type Context,
  type ContextValue,
  contextOf,
  known,
  layered,
  UNKNOWN,
} from '../../../src/iam/context.ts';
import { decide } from '../../../src/iam/decide.ts';
import type { LayerName, Layers } from '../../../src/iam/layer.ts';
import { readPolicy } from '../../../src/iam/policy.ts';
import { textsOf } from '../arbitrary.ts';

/** Actions with all kinds of resources, and one with none. */
const DOCUMENTED: readonly (readonly [string, readonly string[]])[] = [
  ['s3:GetObject', ['arn:aws:s3:::a/b', 'arn:aws:s3:::a/c', 'arn:aws:s3:::b/b', 'arn:aws-cn:s3:::a/b']],
  ['s3:GetBucketAcl', ['arn:aws:s3:::a', 'arn:aws:s3:::b']],
  ['s3:ListAllMyBuckets', ['*']],
  ['iam:PassRole', ['arn:aws:iam::1:role/a', 'arn:aws:iam::2:role/a', 'arn:aws:iam::1:role/b']],
  ['iam:GetUser', ['arn:aws:iam::1:user/a', 'arn:aws:iam::2:user/b']],
  ['iam:ListUsers', ['*']],
];

/** Requests over a tiny alphabet: enough to tell all statements below apart. */
const ARN = 'arn:aws:t:::';
const ACTIONS = [
  ...textsOf('abc', 3)
    .filter(text => text !== '')
    .map(text => `t:${text}`),
  'u:a',
  'u:b',
  'u:ab',
  'u:cb',
];
const RESOURCES = ['*', 'arn:aws:u:::x', ...textsOf('abc', 3).map(text => ARN + text)];
const ONE_OF: readonly ContextValue[] = [
  ABSENT,
  ...['1', '2', '10', '-1', '1.0', '1.5', 'a', 'A', 'ab', 'a*', 'A*', '*', 'x'].map(text => known(text)),
];
const SOME_OF: readonly ContextValue[] = subsetsOf(['a', 'b', 'c', 'ab', 'a*', '*']).map(values =>
  values.length === 0 ? ABSENT : known(...values),
);
const USERS: readonly ContextValue[] = [ABSENT, ...['a', 'b', 'ab', 'c', '*', '1'].map(text => known(text))];

function subsetsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_item, at) => (bits >> at) % 2 === 1));
}

const oneOrTwo = <T>(from: fc.Arbitrary<T>) => fc.uniqueArray(from, { minLength: 1, maxLength: 2 });
const ACTION = ['*', 't:*', 't:a', 'T:A', 't:b', 't:a*', 't:*b', 't:a*b', 't:?', 't:?b', 'u:*', 'u:a', '*:a'];
const RESOURCE = ['*', ...['*', 'a', 'a*', '*b', '?', '?a', 'a?*', 'ab', '*a*'].map(text => ARN + text)];
const WITH_VARIABLES = [
  ...['$U', 'a$U', '$Ub', '$U*', '$M', 'a$U$U'].map(text => ARN + spelled(text)),
  `${ARN}\${aws:username, 'a'}`,
  `${ARN}\${*}`,
];

function spelled(text: string): string {
  return text.replaceAll('$U', () => '${aws:username}').replaceAll('$M', () => '${t:Many}');
}

interface Vocabulary {
  readonly resources: readonly string[];
  readonly one: readonly string[];
  readonly many: readonly string[];
}

const PLAIN: Vocabulary = {
  resources: RESOURCE,
  one: ['1', '2', 'a', 'A', 'a*', '*'],
  many: ['a', 'b', 'a*', '*'],
};
const VARIABLE: Vocabulary = {
  resources: [...RESOURCE, ...WITH_VARIABLES],
  one: ['1', 'a', 'a*', ...['$U', '$U*', 'b$M'].map(spelled)],
  many: ['a', 'b', '*', ...['$U', '$U*'].map(spelled)],
};

const OF_ONE = [
  ...[
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIfExists',
    'StringEqualsIgnoreCase',
  ],
  ...['NumericLessThan', 'NumericGreaterThanEquals', 'NumericNotEquals', 'NumericEqualsIfExists'],
  ...['ForAllValues:StringEquals', 'ForAnyValue:StringNotEquals'],
];
const OF_MANY = [
  ...['StringEquals', 'StringNotEquals', 'ForAllValues:StringEquals', 'ForAnyValue:StringEquals'],
  ...['ForAllValues:StringNotEquals', 'ForAnyValue:StringNotEquals', 'ForAllValues:StringLike'],
  ...['ForAnyValue:StringLikeIfExists', 'ForAnyValue:StringNotLike'],
];

function conditionOf({ one, many }: Vocabulary) {
  return fc.oneof(
    fc.tuple(fc.constantFrom(...OF_ONE), fc.constant('aws:PrincipalAccount'), oneOrTwo(fc.constantFrom(...one))),
    fc.tuple(fc.constantFrom(...OF_MANY), fc.constant('T:many'), oneOrTwo(fc.constantFrom(...many))),
    fc.tuple(
      fc.constant('Null'),
      fc.constantFrom('aws:PrincipalAccount', 't:many', 'aws:username'),
      fc.constantFrom(['true'], ['false']),
    ),
  );
}

function statementOf(vocabulary: Vocabulary) {
  const condition = conditionOf(vocabulary);
  return fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      actions: fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), oneOrTwo(fc.constantFrom(...ACTION))),
      resources: fc.tuple(
        fc.constantFrom('Resource', 'Resource', 'NotResource'),
        oneOrTwo(fc.constantFrom(...vocabulary.resources)),
      ),
      conditions: fc.oneof(fc.array(condition, { maxLength: 0 }), fc.array(condition, { minLength: 1, maxLength: 2 })),
    })
    .map(({ Effect, actions, resources, conditions }) => ({
      Effect,
      ...Object.fromEntries([actions, resources]),
      Condition: Object.fromEntries(conditions.map(([operator, key, values]) => [operator, { [key]: values }])),
    }));
}

const documentedStatement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    actions: fc.tuple(
      fc.constantFrom('Action', 'Action', 'NotAction'),
      oneOrTwo(
        fc.constantFrom('*', 's3:*', 's3:Get*', 's3:GetObject', 's3:List*', 'iam:*', 'iam:PassRole', 'iam:*User*'),
      ),
    ),
    resources: fc.tuple(
      fc.constantFrom('Resource', 'Resource', 'NotResource'),
      oneOrTwo(
        fc.constantFrom(
          '*',
          ...['s3:::*', 's3:::a/*', 's3:::a*', 'iam::*:role/*', 'iam::1:*', '*'].map(each => `arn:aws:${each}`),
        ),
      ),
    ),
  })
  .map(({ Effect, actions, resources }) => ({ Effect, ...Object.fromEntries([actions, resources]) }));

type RawStatement = Readonly<Record<string, unknown>>;

function layerOf(name: LayerName, statements: readonly RawStatement[]): Layers[number] {
  const reading = readPolicy({ Version: '2012-10-17', Statement: statements });
  return { name, policies: [{ name: 'p', reading }], complete: true };
}

function stackFrom(statement: fc.Arbitrary<RawStatement>): fc.Arbitrary<Layers> {
  const layer = (name: LayerName) => fc.array(statement, { maxLength: 3 }).map(each => layerOf(name, each));
  return fc.oneof(
    { weight: 2, arbitrary: fc.tuple(layer('identity')) },
    { weight: 1, arbitrary: fc.tuple(layer('identity'), layer('boundary')) },
  );
}

function stackOf(vocabulary: Vocabulary): fc.Arbitrary<Layers> {
  return stackFrom(statementOf(vocabulary));
}

const stack = stackOf(PLAIN);
const CONTEXTS = ONE_OF.flatMap(one =>
  SOME_OF.flatMap(some =>
    USERS.map(user =>
      contextOf([
        ['aws:PrincipalAccount', one],
        ['t:many', some],
        ['aws:username', user],
      ]),
    ),
  ),
);

/** Conditions that are read as addresses, times and ARNs, with values that are none and look as if they were. */
const READ_AS = [
  {
    key: 'aws:SourceIp',
    operators: ['IpAddress', 'NotIpAddress', 'IpAddressIfExists'],
    wanted: ['0/0', '167772160/8', '10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '0.0.0.0/0', '::/0', '10.0.0.0/33', 'x'],
    values: ['10.0.0.1', '10.1.2.3', '10.1.255.255', '11.0.0.1', '0.0.0.0', '::1', '::ffff:10.0.0.1', '167772160', 'x'],
  },
  {
    key: 'aws:CurrentTime',
    operators: ['DateLessThan', 'DateGreaterThanEquals', 'DateEquals', 'DateNotEquals', 'DateLessThanEqualsIfExists'],
    wanted: ['2026', '2026-06-01', '2026-06-01T00:00:00Z', '20260601', '1780272000', '2026-13-01', '2026-6-1', 'x'],
    values: ['2025-12-31', '2026-01-01', '2026-06-01T00:00:00.000Z', '2027', '20260601', '1780272000', '-1', 'x'],
  },
  {
    key: 'aws:SourceArn',
    operators: ['ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnLikeIfExists', 'StringLike'],
    wanted: [
      '*',
      'arn:*',
      'arn:aws:s:*:1:r/*',
      'arn:aws:s::1:r/a',
      'arn:aws:s::?:*',
      'arn:aws:*:r/a',
      'arn:aws:s:::1:r',
    ],
    values: ['arn:aws:s::1:r/a', 'arn:aws:s:x:1:r/a:b', 'arn:aws:s::12:r/a', 'arn:aws:s:::1:r', 'arn:aws:s', '', 'x'],
  },
] as const;

const readAs = fc
  .array(
    fc.oneof(
      ...READ_AS.map(({ key, operators, wanted }) =>
        fc.tuple(fc.constantFrom(...operators), fc.constant(key), oneOrTwo(fc.constantFrom(...wanted))),
      ),
    ),
    { maxLength: 2 },
  )
  .chain(conditions =>
    fc.constantFrom('Allow', 'Allow', 'Deny').map(Effect => ({
      ...{ Effect, Action: 't:a', Resource: '*' },
      Condition: Object.fromEntries(conditions.map(([operator, key, values]) => [operator, { [key]: values }])),
    })),
  );

/** One key at a time has one of its values, the others their first or none. */
const READ_CONTEXTS = READ_AS.flatMap(({ key, values }) =>
  values.flatMap(value =>
    [true, false].map(there =>
      contextOf(
        READ_AS.map(other => {
          if (other.key === key) return [key, known(value)] as const;
          return [other.key, there ? known(other.values[0]) : ABSENT] as const;
        }),
      ),
    ),
  ),
).concat(() => ABSENT);

interface Sides {
  readonly a: Layers;
  readonly b: Layers;
}

function isNew(action: string, resource: string, context: Context, { a, b }: Sides): boolean {
  const request = { action, resource, context };
  return decide(request, b).decision === 'allowed' && decide(request, a).decision !== 'allowed';
}

/** Some requests, as many as there is time for. */
const requests = fc.record({
  actions: fc.shuffledSubarray(ACTIONS, { minLength: 6, maxLength: 6 }),
  resources: fc.shuffledSubarray(RESOURCES, { minLength: 16, maxLength: 16 }),
  contexts: fc.shuffledSubarray(CONTEXTS, { minLength: 16, maxLength: 16 }),
});

type Requests = typeof requests extends fc.Arbitrary<infer T> ? T : never;

function newRequests({ actions, resources, contexts }: Requests, sides: Sides): readonly string[] {
  return actions.flatMap(action =>
    resources.filter(resource => contexts.some(context => isNew(action, resource, context, sides))),
  );
}

/** Operators of different kinds on one key are weighed as far as guessing goes. */
function isWeighed({ newAccess, assumptions }: Comparison): boolean {
  return newAccess !== undefined || !assumptions.some(each => each.endsWith('could not be weighed.'));
}

describe('compareAccess, for any policies', () => {
  it('says what asking about every request would say, and its request is one of them', () => {
    fc.assert(
      fc.property(stack, stack, requests, (a, b, some) => {
        const comparison = compareAccess(a, b);
        fc.pre(isWeighed(comparison));
        const { newAccess, witness } = comparison;
        const isNewIn = (context: Context) => isNew(witness!.action, witness!.resource, context, { a, b });
        if (newAccess === true) expect(CONTEXTS.some(isNewIn)).toBe(true);
        else expect([newAccess, newRequests(some, { a, b })]).toEqual([false, []]);
      }),
      { numRuns: 150 },
    );
  });

  it('reads addresses, times and ARNs as a plain evaluation does', () => {
    const one = stackFrom(readAs);
    fc.assert(
      fc.property(one, one, (a, b) => {
        fc.pre(compareAccess(a, b).newAccess === false);
        expect(READ_CONTEXTS.filter(context => isNew('t:a', 'arn:aws:t:::a', context, { a, b }))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('is right about actions that AWS documents, on ARNs that they have', () => {
    const documented = stackFrom(documentedStatement);
    fc.assert(
      fc.property(documented, documented, (a, b) => {
        const { newAccess, witness } = compareAccess(a, b);
        const isNewIn = (action: string, resource: string) => isNew(action, resource, () => ABSENT, { a, b });
        if (newAccess === true) expect(isNewIn(witness!.action, witness!.resource)).toBe(true);
        const missed = DOCUMENTED.flatMap(([action, resources]) => resources.filter(each => isNewIn(action, each)));
        if (newAccess !== true) expect([newAccess, missed]).toEqual([false, []]);
      }),
      { numRuns: 150 },
    );
  });

  it('never misses anything where there are policy variables', () => {
    const variable = stackOf(VARIABLE);
    fc.assert(
      fc.property(variable, variable, requests, (a, b, some) => {
        fc.pre(compareAccess(a, b).newAccess === false);
        expect(newRequests(some, { a, b })).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it.each([PLAIN, VARIABLE])('finds nothing new in the same', vocabulary => {
    fc.assert(
      fc.property(stackOf(vocabulary), a => {
        expect(compareAccess(a, structuredClone(a)).newAccess).toBe(false);
      }),
    );
  });

  it('knows what is said to be known', () => {
    const variable = stackOf({ ...VARIABLE, many: PLAIN.many });
    const facts = fc.record({ one: fc.constantFrom(...ONE_OF), user: fc.constantFrom(UNKNOWN, ...USERS) });
    fc.assert(
      fc.property(variable, variable, requests, facts, (a, b, some, { one, user }) => {
        const own = contextOf([
          ['aws:PrincipalAccount', one],
          ['aws:username', user],
        ]);
        const both = () => own;
        const comparison = compareAccess(a, b, { facts: { a: both, b: both } });
        const contexts = some.contexts.map(each => layered(own, each));
        const { newAccess, witness } = comparison;
        if (newAccess === false) expect(newRequests({ ...some, contexts }, { a, b })).toEqual([]);
        if (newAccess !== true || user === UNKNOWN || witness!.resource.includes('${')) return;
        const all = SOME_OF.map(many => layered(own, contextOf([['t:many', many]])));
        expect(all.some(context => isNew(witness!.action, witness!.resource, context, { a, b }))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('finds nothing new where a layer is added, and nothing where a Deny is', () => {
    fc.assert(
      fc.property(stack, fc.array(statementOf(PLAIN), { maxLength: 3 }), (a, statements) => {
        const denies = statements.map(each => ({ ...each, Effect: 'Deny' }));
        const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
        expect(compareAccess(a, [...a, layerOf('session', statements)]).newAccess).toBe(false);
        expect(compareAccess(a, [...a, layerOf('session', [...denies, everything])]).newAccess).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('does not mind the order of statements and layers, nor lists of one', () => {
    fc.assert(
      fc.property(fc.array(statementOf(PLAIN), { maxLength: 4 }), stack, (statements, other) => {
        const turned = [layerOf('identity', statements.toReversed().map(shortened))];
        const a = [layerOf('identity', statements)];
        expect([compareAccess(a, turned).newAccess, compareAccess(turned, a).newAccess]).toEqual([false, false]);
        expect(compareAccess(other, other.toReversed()).newAccess).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('finds something new where everything is allowed and it was not', () => {
    const everything = [layerOf('identity', [{ Effect: 'Allow', Action: '*', Resource: '*' }])];
    fc.assert(
      fc.property(stack, requests, (a, some) => {
        const refused = newRequests(some, { a, b: everything }).length > 0;
        if (refused) expect(compareAccess(a, everything).newAccess).toBe(true);
        expect(compareAccess(everything, a).newAccess).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

/** Text for a list of one, and a name. */
function shortened(statement: RawStatement, at: number): RawStatement {
  const short = Object.entries(statement).map(([name, value]) => [
    name,
    Array.isArray(value) && value.length === 1 ? value[0] : value,
  ]);
  return { Sid: `S${at}`, ...Object.fromEntries(short) };
}
