// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written that way.
import { describe, expect, it } from 'vitest';
import { evaluateCondition, evaluateConditions } from '../../../src/iam/condition/evaluate.ts';
import { OPERATOR_NAMES } from '../../../src/iam/condition/operator.ts';
import { ABSENT, type ContextValue, contextOf, known, PRESENT, UNKNOWN } from '../../../src/iam/context.ts';
import type { Truth } from '../../../src/iam/truth.ts';

const ARN = 'arn:aws:iam::111122223333:role/app';

/** Operator, value of the policy, a value of the request that is matched by it, and one that is not. */
const OPERATORS: readonly (readonly [string, string, string, string])[] = [
  ['StringEquals', 'a', 'a', 'A'],
  ['StringNotEquals', 'a', 'a', 'A'],
  ['StringEqualsIgnoreCase', 'a', 'A', 'b'],
  ['StringNotEqualsIgnoreCase', 'a', 'A', 'b'],
  ['StringLike', 'a*', 'abc', 'Abc'],
  ['StringNotLike', 'a*', 'abc', 'Abc'],
  ['NumericEquals', '10', '10.0', '11'],
  ['NumericNotEquals', '10', '10.0', '11'],
  ['NumericLessThan', '10', '9', '10'],
  ['NumericLessThanEquals', '10', '10', '10.5'],
  ['NumericGreaterThan', '10', '11', '10'],
  ['NumericGreaterThanEquals', '10', '10', '9'],
  ['DateEquals', '2026-01-01T00:00:00Z', '1767225600', '2026-01-02'],
  ['DateNotEquals', '2026-01-01T00:00:00Z', '1767225600', '2026-01-02'],
  ['DateLessThan', '2026-01-01', '2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z'],
  ['DateLessThanEquals', '2026-01-01', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'],
  ['DateGreaterThan', '2026-01-01', '2026-01-01T00:00:01Z', '2026-01-01T00:00:00Z'],
  ['DateGreaterThanEquals', '2026-01-01', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z'],
  ['Bool', 'true', 'TRUE', 'false'],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', 'qmluYXJ5'],
  ['IpAddress', '10.0.0.0/8', '10.1.2.3', '11.1.2.3'],
  ['NotIpAddress', '10.0.0.0/8', '10.1.2.3', '11.1.2.3'],
  ['ArnEquals', 'arn:aws:iam::*:role/*', ARN, 'arn:aws:iam::111122223333:user/app'],
  ['ArnLike', 'arn:aws:iam::*:role/*', ARN, 'arn:aws:iam::111122223333:user/app'],
  ['ArnNotEquals', 'arn:aws:iam::*:role/*', ARN, 'arn:aws:iam::111122223333:user/app'],
  ['ArnNotLike', 'arn:aws:iam::*:role/*', ARN, 'arn:aws:iam::111122223333:user/app'],
];

/** Matched, not matched, absent, not known: for what is not negated and for what is (facts: policy.md 5.3). */
const OUTCOMES: Readonly<Record<string, readonly (readonly [Truth, Truth, Truth, Truth])[]>> = {
  '': [
    [true, false, false, undefined],
    [false, true, true, undefined],
  ],
  IfExists: [
    [true, false, true, undefined],
    [false, true, true, undefined],
  ],
  'ForAllValues:': [
    [true, false, true, undefined],
    [false, true, true, undefined],
  ],
  'ForAnyValue:': [
    [true, false, false, undefined],
    [false, true, false, undefined],
  ],
  'ForAllValues:IfExists': [
    [true, false, true, undefined],
    [false, true, true, undefined],
  ],
  'ForAnyValue:IfExists': [
    [true, false, true, undefined],
    [false, true, true, undefined],
  ],
};

const rows = OPERATORS.flatMap(([operator, wanted, match, mismatch]) =>
  Object.entries(OUTCOMES).map(([form, outcomes]) => {
    const [set, suffix] = form.includes(':') ? [`${form.split(':')[0]}:`, form.split(':')[1]] : ['', form];
    const expected = outcomes[/Not/.test(operator) ? 1 : 0]!;
    return [`${set}${operator}${suffix}`, { wanted, match, mismatch, expected }] as const;
  }),
);

function truthOf(operator: string, values: readonly string[], value: ContextValue, variables = true): Truth {
  return evaluateCondition({ operator, key: 'K', values }, { context: contextOf([['k', value]]), variables });
}

describe('operators', () => {
  it('are all in the table', () => {
    expect([...OPERATORS.map(([name]) => name), 'Null'].sort()).toEqual([...OPERATOR_NAMES].sort());
  });

  it.each(rows)('%s', (operator, { wanted, match, mismatch, expected }) => {
    const values = [known(match), known(mismatch), ABSENT, UNKNOWN];
    expect(values.map(value => truthOf(operator, [wanted], value))).toEqual(expected);
    expect(truthOf(operator, [wanted], PRESENT)).toBe(undefined);
    expect(truthOf(operator, [wanted], known())).toBe(expected[2]);
  });

  it.each([
    ['true', known('x'), false],
    ['true', ABSENT, true],
    ['true', known(), true],
    ['true', PRESENT, false],
    ['true', UNKNOWN, undefined],
    ['false', known('x'), true],
    ['false', ABSENT, false],
    ['false', PRESENT, true],
    ['false', UNKNOWN, undefined],
    ['TRUE', ABSENT, true],
    ['maybe', ABSENT, undefined],
    ['maybe', UNKNOWN, undefined],
  ] as const)('Null %s of %o: %s', (wanted, value, expected) => {
    expect(truthOf('Null', [wanted], value)).toBe(expected);
  });

  it.each([
    'stringequals',
    'StringMatches',
    'NullIfExists',
    'ForSomeValues:StringEquals',
    'ForAnyValue:',
    'IfExists',
    'StringEqualsIfExistsIfExists',
    '',
  ])('never decides what is no operator: %s', operator => {
    expect([known('a'), ABSENT, UNKNOWN].map(value => truthOf(operator, ['a'], value))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('never decides an empty list of values', () => {
    expect(truthOf('StringEquals', [], known('a'))).toBe(undefined);
    expect(truthOf('StringNotEquals', [], ABSENT)).toBe(undefined);
  });
});

describe('several values', () => {
  it.each<[string, readonly string[], readonly string[], Truth]>([
    ['StringEquals', ['a', 'b'], ['b'], true],
    ['StringEquals', ['a', 'b'], ['c'], false],
    ['StringEquals', ['a', 'b'], ['c', 'b'], true],
    ['StringNotEquals', ['a', 'b'], ['b'], false],
    ['StringNotEquals', ['a', 'b'], ['c'], true],
    ['StringNotEquals', ['a', 'b'], ['c', 'b'], false],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], true],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'a'], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'a'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'd'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['c', 'a'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['b', 'a'], false],
    ['Null', ['true', 'false'], ['x'], true],
  ])('%s %j of %j: %s', (operator, wanted, values, expected) => {
    expect(truthOf(operator, wanted, known(...values))).toBe(expected);
  });
});

describe('a value that is not known', () => {
  it.each<[string, ContextValue, Truth]>([
    ['StringLike', PRESENT, true],
    ['StringLike', UNKNOWN, undefined],
    ['StringLikeIfExists', UNKNOWN, true],
    ['ForAllValues:StringLike', UNKNOWN, true],
    ['ForAnyValue:StringLike', PRESENT, true],
    ['ForAnyValue:StringLike', UNKNOWN, undefined],
    ['StringNotLike', PRESENT, false],
    ['StringNotLike', UNKNOWN, undefined],
    ['StringNotLikeIfExists', UNKNOWN, undefined],
    ['ForAllValues:StringNotLike', PRESENT, false],
    ['ForAnyValue:StringNotLike', UNKNOWN, false],
    ['StringEquals', PRESENT, undefined],
  ])('%s * of %o: %s', (operator, value, expected) => {
    expect(truthOf(operator, ['a', '*'], value)).toBe(expected);
  });
});

describe('variables', () => {
  const context = contextOf([
    ['k', known('team-*')],
    ['aws:PrincipalTag/star', known('team-*')],
    ['aws:PrincipalTag/team', known('team-a')],
    ['aws:PrincipalTag/none', ABSENT],
    ['aws:TagKeys', known('a', 'b')],
  ]);
  const held = (operator: string, value: string, variables = true) =>
    evaluateCondition({ operator, key: 'k', values: [value] }, { context, variables });

  it.each<[string, string, Truth]>([
    ['StringEquals', '${aws:PrincipalTag/star}', true],
    ['StringEquals', '${aws:principaltag/STAR}', true],
    ['StringEquals', 'team-${*}', true],
    ['StringEquals', '${aws:PrincipalTag/team}', false],
    ['StringLike', '${aws:PrincipalTag/star}', true],
    ['StringLike', 'team-${?}', false],
    ['StringLike', 'team-?', true],
    ['StringLike', '${aws:PrincipalTag/none}', false],
    ['StringNotLike', '${aws:PrincipalTag/none}', true],
    ['StringEquals', "${aws:PrincipalTag/none, 'team-*'}", true],
    ['StringEquals', '${aws:TagKeys}', false],
    ['StringNotEquals', '${aws:TagKeys}', true],
    ['StringEquals', '${aws:SourceIp}', undefined],
    ['StringNotEquals', '${aws:SourceIp}', undefined],
  ])('%s %s: %s', (operator, value, expected) => {
    expect(held(operator, value)).toBe(expected);
  });

  it('a value of the request that holds a star is no wildcard', () => {
    const tagged = contextOf([
      ['k', known('team-b')],
      ['aws:PrincipalTag/star', known('team-*')],
    ]);
    const condition = { operator: 'StringLike', key: 'k', values: ['${aws:PrincipalTag/star}'] };
    expect(evaluateCondition(condition, { context: tagged, variables: true })).toBe(false);
  });

  it('are plain text in policies of 2008', () => {
    expect(held('StringEquals', '${aws:PrincipalTag/star}', false)).toBe(false);
    const literally = contextOf([['k', known('${aws:username}')]]);
    const condition = { operator: 'StringEquals', key: 'k', values: ['${aws:username}'] };
    expect(evaluateCondition(condition, { context: literally, variables: false })).toBe(true);
  });
});

describe('evaluateConditions', () => {
  const condition = (key: string, value: string) => ({ operator: 'StringEquals', key, values: [value] });
  const setting = {
    context: contextOf([
      ['yes', known('1')],
      ['no', known('0')],
    ]),
    variables: true,
  };

  it.each<[string, readonly string[], Truth, readonly string[]]>([
    ['none', [], true, []],
    ['all hold', ['yes', 'YES'], true, []],
    ['one does not', ['yes', 'no', 'other'], false, []],
    ['some are open', ['yes', 'other', 'another'], undefined, ['other', 'another']],
  ])('%s', (_, keys, truth, undecided) => {
    const result = evaluateConditions(
      keys.map(key => condition(key, '1')),
      setting,
    );
    expect({ ...result, undecided: result.undecided.map(({ key }) => key) }).toEqual({ truth, undecided });
  });
});
