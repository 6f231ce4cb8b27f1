import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letsInMore } from '../../../src/iam/compare/gates.ts';
import { type CertificateAttributes, certificateSatisfies } from '../../../src/iam/gate/certificate.ts';
import { type Gate, gateOf } from '../../../src/iam/gate/gate.ts';
import { readPolicy } from '../../../src/iam/policy.ts';
import { told } from '../gate/build.ts';

const ANCHOR = 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/a1';

type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The gate of a trust policy with one statement for each of these; all parts of a certificate are mapped. */
function gate(...conditions: readonly Condition[]): Gate {
  const reading = readPolicy(
    {
      Version: '2012-10-17',
      Statement: conditions.map(each => ({
        Effect: 'Allow',
        Principal: { Service: 'rolesanywhere.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Condition: each,
      })),
    },
    'trust',
  );
  if (reading.kind !== 'parsed') throw new Error(reading.reason);
  const mappings = ['x509Subject', 'x509Issuer'].map(certificateField => ({ certificateField, specifiers: ['*'] }));
  const session = { mappings, acceptsSessionName: true, now: new Date('2026-11-01T00:00:00Z') };
  return gateOf({ trust: reading.policy, anchorArn: ANCHOR, ...session });
}

const on = (part: string) => `aws:PrincipalTag/x509Subject/${part}`;
const by = (operator: string, ...values: readonly string[]): Condition => ({ [operator]: { [on('CN')]: values } });

describe('letsInMore', () => {
  it.each<[string, Gate, Gate, boolean | undefined]>([
    ['the same', gate(by('StringEquals', 'a')), gate(by('StringEquals', 'a')), false],
    ['everybody, still', gate({}), gate({}), false],
    ['fewer', gate({}), gate(by('StringLike', 'a*')), false],
    ['one of a pattern', gate(by('StringLike', 'a*')), gate(by('StringEquals', 'ab')), false],
    ['everybody now', gate(by('StringEquals', 'a')), gate({}), true],
    ['everybody but one now', gate(by('StringEquals', 'a')), gate(by('StringNotEquals', 'b')), true],
    ['one more', gate(by('StringEquals', 'a')), gate(by('StringEquals', 'a', 'b')), true],
    ['one more statement', gate(by('StringEquals', 'a')), gate(by('StringEquals', 'a'), by('StringEquals', 'b')), true],
    ['another part', gate(by('StringEquals', 'a')), gate({ StringEquals: { [on('O')]: ['a'] } }), true],
    ['nobody before', gate(), gate(by('StringEquals', 'a')), true],
    ['nobody now', gate(by('StringEquals', 'a')), gate(), false],
    [
      'an issuer that may be the only one',
      gate({ StringEquals: { 'aws:PrincipalTag/x509Issuer/CN': ['ca'] } }),
      gate({}),
      undefined,
    ],
    [
      'a narrower pattern that is not plain to see',
      gate(by('StringLike', 'a*')),
      gate(by('StringLike', 'ab*')),
      undefined,
    ],
  ])('%s', (_, before, after, expected) => {
    expect(letsInMore(before, after)).toBe(expected);
  });

  it('is right about any certificate', () => {
    const values = fc.uniqueArray(fc.constantFrom('a', 'b', 'ab', 'a*', '*'), { minLength: 1, maxLength: 2 });
    const operator = fc.constantFrom(
      'StringEquals',
      'StringLike',
      'StringNotEquals',
      'StringLikeIfExists',
      'StringNotLike',
    );
    const condition = fc
      .array(fc.tuple(operator, fc.constantFrom('CN', 'O'), values), { maxLength: 2 })
      .map(all => Object.fromEntries(all.map(([name, part, texts]) => [name, { [on(part)]: texts }])));
    const gates = fc.array(condition, { maxLength: 3 }).map(all => gate(...all));
    fc.assert(
      fc.property(gates, gates, (before, after) => {
        const more = letsInMore(before, after);
        const isIn = (of: Gate, each: CertificateAttributes) => certificateSatisfies(of.certificates, each);
        const news = CERTIFICATES.filter(each => isIn(after, each) !== false && isIn(before, each) !== true);
        if (more === false) expect(news).toEqual([]);
        if (more === true) expect(told(before)).not.toEqual(told(after));
      }),
    );
  });
});

const NAMES = [undefined, 'a', 'b', 'ab', 'c', 'x'];
const CERTIFICATES: readonly CertificateAttributes[] = NAMES.flatMap(cn =>
  NAMES.map(o => ({
    subject: new Map(
      Object.entries({ CN: cn, O: o }).flatMap(([kind, text]) => (text === undefined ? [] : [[kind, [text]]])),
    ),
    issuer: new Map([['CN', ['ca']]]),
    san: { dns: [], uri: [], name: [] },
    serial: '01',
  })),
);
