import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operatorOf } from '../../../src/iam/condition/operator.ts';
import { isOfKind } from '../../../src/iam/condition/readable.ts';
import { ABSENT, type ContextValue, contextOf, known } from '../../../src/iam/context.ts';
import { decide } from '../../../src/iam/decide.ts';
import { type CertificateAttributes, certificateSatisfies } from '../../../src/iam/gate/certificate.ts';
import { gateOf } from '../../../src/iam/gate/gate.ts';
import type { Policy } from '../../../src/iam/policy.ts';
import type { Mapping } from '../../../src/iam/session.ts';
import {
  ACCOUNT,
  ACTIONS,
  ANCHOR,
  allow,
  CN,
  DEFAULT_MAPPINGS,
  DNS,
  deny,
  ISSUER,
  NOW,
  OU,
  SERVICE,
  trustOf,
} from './build.ts';

const OTHER = `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/other`;

/** More of them, and other ones, with POSTERN_RUNS=20000. */
const RUNS =
  process.env.POSTERN_RUNS === undefined ? { numRuns: 500, seed: 7 } : { numRuns: Number(process.env.POSTERN_RUNS) };

interface Words {
  readonly operators: readonly string[];
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

/** Few words, so that statements meet, join and contradict each other. */
const NAMES: Words = {
  operators: [
    'StringEquals',
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIfExists',
    'Null',
  ],
  keys: [CN, CN, OU],
  values: ['a', 'b', 'ab', 'a*', '*b', '*', 'true', 'false'],
};

const IDENTITIES: Words = {
  operators: ['StringEquals', 'StringEquals', 'StringLike', 'StringNotEquals', 'StringEqualsIfExists', 'Null'],
  keys: [CN, 'sts:SourceIdentity'],
  values: ['a', 'CN=a', 'CN=b', 'ID=0a', 'ID=*', 'true'],
};

const RELATIONS: Words = {
  operators: ['StringEquals', 'StringEquals', 'StringLike', 'StringNotEquals', 'StringEqualsIfExists', 'StringNotLike'],
  keys: [CN, CN, OU],
  values: [
    ...['a', 'b', 'ab', `\${aws:PrincipalTag/x509Subject/OU}`, `a\${aws:PrincipalTag/x509Subject/OU}`],
    ...[`\${aws:PrincipalTag/x509Subject/CN}`, `\${aws:PrincipalTag/x509Subject/OU, 'a'}`],
  ],
};

const SERIALS: Words = {
  operators: ['StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike', 'StringEqualsIgnoreCase', 'Null'],
  keys: ['sts:RoleSessionName', 'sts:RoleSessionName', 'sts:SourceIdentity', CN],
  values: ['0a', '10', '0A', 'a', '1*', '*0', '??', '???', 'z*', 'CN=0a', 'ID=0a', 'ID=*', 'CN=*', 'true', 'false'],
};

/** What no certificate decides, for and against. */
const ASSUMPTIONS: Words = {
  operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIfExists'],
  keys: [CN, 'aws:PrincipalOrgID', 'aws:PrincipalOrgID', 'sts:RoleSessionName'],
  values: ['a', 'b'],
};

const UNKNOWN_VALUES: Words = {
  operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringEqualsIfExists'],
  keys: [CN, CN, 'aws:RequestTag/x509Subject/CN'],
  values: ['a', `\${aws:PrincipalOrgID}`, `\${aws:RequestTag/x509Subject/CN}`],
};

/** Every operator, and keys and values that are wrong in every way. */
const ALL: Words = {
  operators: [
    ...['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase', 'NumericEquals'],
    ...['StringNotEqualsIgnoreCase', 'NumericLessThan', 'Bool', 'ArnLike', 'ArnNotEquals', 'StringEqualsIfExists'],
    ...['StringNotLikeIfExists', 'ForAllValues:StringLike', 'ForAnyValue:StringEquals', 'ForAnyValue:StringNotEquals'],
    ...['ForAllValues:StringNotEquals', 'ForAnyValue:StringLikeIfExists', 'Null', 'DateLessThan', 'NumericNotEquals'],
  ],
  keys: [
    ...[CN, CN, OU, ISSUER, DNS, 'AWS:principaltag/X509subject/cn', 'sts:SourceIdentity', 'aws:SourceArn'],
    ...['aws:MultiFactorAuthPresent', 'aws:PrincipalTag/x509Subject/CommonName'],
  ],
  values: [
    ...['a', 'b', 'A', 'ab', 'a*', '*', '?', '*b', '', 'CN=a', 'CN=b', 'CN=*', 'cn=a', 'ID=*', 'ID=0a', '1', '2'],
    ...['true', 'false', 'a/b', `\${*}`, `\${aws:PrincipalTag/x509Subject/OU}`, `a\${aws:PrincipalTag/x509Subject/OU}`],
    ...[`\${aws:PrincipalTag/x509Subject/CN}`, `CN=\${aws:PrincipalTag/x509Subject/CN}`, `${ANCHOR.slice(0, -4)}*`],
    ...[`\${aws:PrincipalTag/x509Subject/OU, 'a'}`, `\${aws:PrincipalTag/x509SAN/DNS}*`, ANCHOR, OTHER],
  ],
};

/** With what no certificate decides. */
const OPEN: Words = {
  operators: ALL.operators,
  keys: [
    ...ALL.keys,
    ...['aws:RequestTag/x509Subject/CN', 'sts:RoleSessionName', 'aws:PrincipalOrgID', 'aws:SourceIp'],
    ...['aws:PrincipalTag/x509Subject/T'],
  ],
  values: [...ALL.values, `\${aws:RequestTag/x509Subject/CN}`, `\${aws:PrincipalOrgID}`],
};

const condition = ({ operators, keys, values }: Words) =>
  fc
    .tuple(
      fc.constantFrom(...operators),
      fc.constantFrom(...keys),
      fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
    )
    .map(([operator, key, texts]): [string, string, string[]] => [operator, key, ofKind(operator, texts)]);

/** What a value means that the operator does not compare, nobody knows. */
function ofKind(written: string, texts: string[]): string[] {
  const { test } = operatorOf(written)!;
  if (test.startsWith('String')) return texts;
  const fitting = texts.filter(text => !text.includes('${') && isOfKind(test, text));
  if (fitting.length > 0) return fitting;
  if (test === 'Null' || test === 'Bool') return ['true'];
  return [test.startsWith('Numeric') ? '1' : test.startsWith('Date') ? '2026-01-01' : ANCHOR];
}

const statement = (words: Words) =>
  fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    Principal: fc.constant(SERVICE),
    Action: fc.constantFrom<string | string[]>(ACTIONS, ACTIONS, ACTIONS, 'sts:*', ...ACTIONS, ACTIONS.slice(1)),
    Condition: fc.oneof(fc.tuple(condition(words)), fc.array(condition(words), { maxLength: 3 })).map(conditionOf),
  });

/** Conditions on one operator and key twice would be one member of the JSON object. */
function conditionOf(parts: readonly (readonly [string, string, string[]])[]): object {
  const byOperator: Record<string, Record<string, string[]>> = {};
  for (const [operator, key, values] of parts) byOperator[operator] = { ...byOperator[operator], [key]: values };
  return byOperator;
}

const policy = (words: Words) =>
  fc
    .tuple(
      fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'),
      fc.array(statement(words), { minLength: 1, maxLength: 4 }),
    )
    .map(([version, statements]) => trustOf(statements, version));

/** With Denies of so many conditions that the ways round all of them are seldom told apart. */
const withDecoys = (words: Words) =>
  fc
    .tuple(
      fc.array(fc.oneof(fc.constant(allow()), statement(words)), { minLength: 1, maxLength: 2 }),
      fc.array(decoy, { minLength: 5, maxLength: 7 }),
    )
    .map(([statements, decoys]) => trustOf([...statements, ...decoys]));

const decoy = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom('StringLike', 'StringLike', 'StringEquals', 'StringNotLike', 'StringLikeIfExists'),
        fc.array(fc.constantFrom('a', 'b*', 'c*', '*d', 'e?', 'f', 'CN=a', '*', '?*', '*a*'), {
          minLength: 1,
          maxLength: 2,
        }),
      ),
      { minLength: 5, maxLength: 5 },
    ),
    fc.array(condition({ operators: ['StringEquals'], keys: ['aws:PrincipalOrgID'], values: ['a', 'b'] }), {
      maxLength: 1,
    }),
  )
  .map(([asked, open]) =>
    deny(conditionOf([...asked.map(([operator, values], at): Asked => [operator, DECOYED[at]!, values]), ...open])),
  );

type Asked = readonly [string, string, string[]];

const DECOYED = [CN, OU, ISSUER, DNS, 'sts:SourceIdentity'];

const text = fc.constantFrom('a', 'b', 'ab', 'A', '1', '0', 'true', '', 'z', 'x-y');
const attribute: fc.Arbitrary<string[]> = fc.oneof(
  fc.constant<string[]>([]),
  text.map((each): string[] => [each]),
  fc.constant<string[]>(['a', 'b']),
);
const certificate = (cn: fc.Arbitrary<string[]>): fc.Arbitrary<CertificateAttributes> =>
  fc.record({
    subject: fc.record({ CN: cn, OU: attribute }).map(name => new Map(Object.entries(name))),
    issuer: fc.record({ CN: attribute }).map(name => new Map(Object.entries(name))),
    san: fc.record({ dns: attribute, uri: fc.constant([]), name: fc.constant([]) }),
    serial: fc.constantFrom('a', '0a', '10'),
  });
const oneCn: fc.Arbitrary<string[]> = fc.oneof(
  fc.constant<string[]>([]),
  fc.constantFrom('a', 'b', 'ab', 'A', '1', 'z', 'true').map((each): string[] => [each]),
);

/** What the request looks like to STS, written out by itself: what `certificate.ts` says is under test. */
interface World {
  readonly mapsCn: boolean;
  readonly requestTags: boolean;
  /** Undefined: not told, and it does. */
  readonly choosesName: boolean | undefined;
  readonly sessionName: string;
  readonly organisation: ContextValue;
  readonly address: ContextValue;
}

const world: fc.Arbitrary<World> = fc.record({
  mapsCn: fc.boolean(),
  requestTags: fc.boolean(),
  choosesName: fc.constantFrom(true, false, undefined),
  sessionName: fc.constantFrom('a', 'b', '0a'),
  organisation: fc.constantFrom(ABSENT, known('a'), known('z')),
  address: fc.constantFrom(ABSENT, known('203.0.113.9')),
});

function isLetIn(
  trust: Policy,
  { subject, issuer, san, serial }: CertificateAttributes,
  world: World,
): readonly boolean[] {
  const value = (values: readonly string[] | undefined) =>
    values === undefined || values.length === 0 ? ABSENT : known(values.join('/'));
  const cn = subject.get('CN') ?? [];
  const cnTag = world.mapsCn ? value(cn) : ABSENT;
  const number = serial.padStart(2, '0');
  const identity = cn.length > 0 ? `CN=${cn[0]}` : `ID=${number}`;
  return ACTIONS.map(action => {
    const context = contextOf([
      ['aws:SourceArn', known(ANCHOR)],
      ['aws:SourceAccount', known(ACCOUNT)],
      ['aws:PrincipalTag/x509Subject/CN', cnTag],
      ['aws:RequestTag/x509Subject/CN', action === 'sts:SetSourceIdentity' && !world.requestTags ? ABSENT : cnTag],
      ['aws:PrincipalTag/x509Subject/OU', value(subject.get('OU'))],
      ['aws:PrincipalTag/x509Subject/T', ABSENT],
      ['aws:PrincipalTag/x509Subject/CommonName', ABSENT],
      ['aws:PrincipalTag/x509Issuer/CN', value(issuer.get('CN'))],
      ['aws:PrincipalTag/x509SAN/DNS', value(san.dns.slice(0, 1))],
      ['sts:SourceIdentity', known(identity)],
      ['sts:RoleSessionName', known(world.choosesName === false ? number : world.sessionName)],
      ['aws:MultiFactorAuthPresent', ABSENT],
      ['aws:PrincipalOrgID', world.organisation],
      ['aws:SourceIp', world.address],
    ]);
    const layer = {
      name: 'identity',
      complete: true,
      policies: [{ name: 'trust', reading: { kind: 'parsed', policy: trust } }],
    } as const;
    const { decision } = decide({ action, resource: '*', context }, [layer]);
    if (decision !== 'allowed' && decision !== 'denied') throw new Error(`decide is not sure: ${decision}`);
    return decision === 'allowed';
  });
}

const WITHOUT_CN: readonly Mapping[] = [
  { certificateField: 'x509Issuer', specifiers: ['CN'] },
  { certificateField: 'x509SAN', specifiers: ['DNS'] },
  { certificateField: 'x509Subject', specifiers: ['OU'] },
];

function agree(actual: boolean | undefined, expected: boolean, what: string): void {
  if (actual !== undefined && actual !== expected)
    throw new Error(`${what}: the gate says ${actual}, decide ${expected}`);
}

/** Told of each case whether it was decided: a gate that is never sure is never wrong. */
type Tally = (decided: boolean) => void;

function sureAndRight(words: Words, tally: Tally): fc.IProperty<unknown> {
  return fc.property(policy(words), certificate(oneCn), world, (trust, certificate, some) => {
    const mappings = some.mapsCn ? DEFAULT_MAPPINGS : WITHOUT_CN;
    const gate = gateOf({ trust, anchorArn: ANCHOR, mappings, acceptsSessionName: some.choosesName, now: NOW });
    const answer = certificateSatisfies(gate.certificates, certificate);
    const expected = isLetIn(trust, certificate, some);
    tally(answer !== undefined);
    agree(answer, !expected.includes(false), 'all three');
    if (answer === undefined && gate.reasons.every(reason => reason.effect !== 'unknown'))
      throw new Error('not sure, and does not say why');
  });
}

/** Certificates with the texts that the policy asks for, and with some that it does not. */
function* certificatesFor({ statements }: Policy): Generator<CertificateAttributes> {
  const asked = statements.flatMap(each => each.conditions.flatMap(({ values }) => values));
  const known = asked.map(value => value.replaceAll(/\$\{[^}]*\}/g, 'a').replaceAll('?', 'x'));
  const plain = known.flatMap(value => [
    value.replaceAll('*', ''),
    value.replaceAll('*', 'q'),
    value.replaceAll('*', 'qb'),
  ]);
  const pool = [
    undefined,
    ...new Set(['a', 'z', 'zz', '1', '0', ...plain, ...plain.map(value => value.replace(/^CN=/, ''))]),
  ];
  const long = known.map(value => value.replaceAll('*', 'qb').padEnd(62, 'q'));
  const named = (kind: string, text: string | undefined) => new Map(text === undefined ? [] : [[kind, [text]]]);
  const serials = new Set(['0a', '1f', '0a1b2c', ...known.map(value => value.replaceAll('*', '0')).filter(isSerial)]);
  for (const issuer of pool)
    for (const dns of pool)
      for (const ou of pool)
        for (const cn of [...pool, 'aa', ...long])
          for (const serial of serials)
            yield {
              subject: new Map([...named('CN', cn), ...named('OU', ou)]),
              issuer: named('CN', issuer),
              san: { dns: dns === undefined ? [] : [dns], uri: [], name: [] },
              serial,
            };
}

function isSerial(text: string): boolean {
  return /^([\da-f]{2})+$/.test(text);
}

function openToSomebody(words: Words, tally: Tally): fc.IProperty<unknown> {
  return fc.property(policy(words), trust => {
    const gate = gateOf({ trust, anchorArn: ANCHOR, mappings: DEFAULT_MAPPINGS, acceptsSessionName: false, now: NOW });
    tally(gate.open !== undefined);
    if (gate.open !== true) return;
    for (const each of certificatesFor(trust)) if (certificateSatisfies(gate.certificates, each) === true) return;
    throw new Error(`nobody found: ${gate.says}`);
  });
}

function neverWrong(words: Words, tally: Tally): fc.IProperty<unknown> {
  return fc.property(policy(words), certificate(attribute), world, fc.boolean(), (trust, certificate, some, told) => {
    const mappings = told ? (some.mapsCn ? DEFAULT_MAPPINGS : WITHOUT_CN) : undefined;
    const gate = gateOf({ trust, anchorArn: ANCHOR, mappings, acceptsSessionName: some.choosesName, now: NOW });
    const expected = !isLetIn(trust, certificate, some).includes(false);
    const answer = certificateSatisfies(gate.certificates, certificate);
    tally(answer !== undefined);
    agree(answer, expected, 'all three');
    if (gate.open === false) agree(false, expected, 'open');
  });
}

/** Certificates of few words, among them those that no policy has. */
function* certificatesOf(words: readonly string[]): Generator<CertificateAttributes> {
  const one = (kind: string, text: string) => new Map(text === '' ? [] : [[kind, [text]]]);
  for (const cn of words)
    for (const ou of words)
      for (const issuer of words)
        for (const dns of words)
          yield {
            subject: new Map([...one('CN', cn), ...one('OU', ou)]),
            issuer: one('CN', issuer),
            san: { dns: dns === '' ? [] : [dns], uri: [], name: [] },
            serial: '0a',
          };
}

function rightAmongDecoys(words: Words, tally: Tally): fc.IProperty<unknown> {
  return fc.property(withDecoys(words), certificate(oneCn), world, (trust, certificate, some) => {
    const mappings = some.mapsCn ? DEFAULT_MAPPINGS : WITHOUT_CN;
    const gate = gateOf({ trust, anchorArn: ANCHOR, mappings, acceptsSessionName: some.choosesName, now: NOW });
    const isIn = (each: CertificateAttributes) => !isLetIn(trust, each, some).includes(false);
    agree(certificateSatisfies(gate.certificates, certificate), isIn(certificate), 'all three');
    if (gate.open === false) agree(false, isIn(certificate), 'open');
    if (!gate.reasons.some(({ kind }) => kind === 'too_complex')) return;
    tally(gate.open === true);
    if (gate.open !== true) return;
    for (const each of certificatesOf(['', 'a', 'zq', 'bq', 'q'])) if (isIn(each)) return;
    throw new Error(`nobody found: ${gate.says}`);
  });
}

type Property = (words: Words, tally: Tally) => fc.IProperty<unknown>;

/** Runs it, and wants at least this share of the cases decided. */
function check(property: Property, words: Words, share: number, runs = RUNS): void {
  const counts = { decided: 0, all: 0 };
  const tally: Tally = decided => {
    counts.all++;
    if (decided) counts.decided++;
  };
  fc.assert(property(words, tally), runs);
  expect(counts.decided / counts.all).toBeGreaterThan(share);
}

describe('a gate against decide()', () => {
  it.each([
    ['names', NAMES, 0.9],
    ['source identities', IDENTITIES, 0.9],
    ['serial numbers', SERIALS, 0.8],
    ['parts compared with each other', RELATIONS, 0.9],
    ['all words', ALL, 0.9],
  ])('is right of every certificate, and says why where it is not sure: %s', (_, words, share) => {
    check(sureAndRight, words, share);
  });

  it.each([
    ['names', NAMES, 0.9],
    ['source identities', IDENTITIES, 0.9],
    ['serial numbers', SERIALS, 0.9],
    ['parts compared with each other', RELATIONS, 0.9],
    ['all words', ALL, 0.9],
  ])('is open only where somebody gets in: %s', (_, words, share) => {
    check(openToSomebody, words, share);
  });

  it.each([
    ['assumptions', ASSUMPTIONS, 0.5],
    ['unknown values', UNKNOWN_VALUES, 0.75],
    ['all words', OPEN, 0.75],
  ])('is never wrong where other things matter: %s', (_, words, share) => {
    check(neverWrong, words, share);
  });

  it.each([
    ['names', NAMES, 0.5],
    ['assumptions', ASSUMPTIONS, 0.3],
    ['all words', OPEN, 0.3],
  ])('is right where there are too many ways in to tell: %s', (_, words, share) => {
    check(rightAmongDecoys, words, share, { ...RUNS, numRuns: RUNS.numRuns / 10 });
  });
});
