import { describe, expect, it } from 'vitest';
import { type CertificateAttributes, certificateSatisfies } from '../../../src/iam/gate/certificate.ts';
import type { GateQuestion } from '../../../src/iam/gate/gate.ts';
import { allow, CN, DNS, gate, ISSUER, OU, PINNED } from './build.ts';

const URI = 'aws:PrincipalTag/x509SAN/URI';
const NAME = 'aws:PrincipalTag/x509SAN/Name/CN';
const IDENTITY = 'sts:SourceIdentity';
const LONG = 'n'.repeat(62);

interface Parts {
  readonly subject?: Readonly<Record<string, readonly string[]>>;
  readonly issuer?: Readonly<Record<string, readonly string[]>>;
  readonly dns?: readonly string[];
  readonly uri?: readonly string[];
  readonly name?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly serial?: string;
}

function certificateOf({
  subject = {},
  issuer = {},
  dns = [],
  uri = [],
  name = [],
  serial = '1a',
}: Parts): CertificateAttributes {
  const nameOf = (parts: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(parts));
  return { subject: nameOf(subject), issuer: nameOf(issuer), san: { dns, uri, name: name.map(nameOf) }, serial };
}

const equals = (key: string, ...values: readonly string[]) => allow({ ...PINNED, StringEquals: { [key]: values } });
const named = (...values: readonly string[]): Parts => ({ subject: { CN: values } });

type Case = readonly [
  name: string,
  trust: object,
  certificate: Parts,
  expected: boolean | undefined,
  rest?: Partial<GateQuestion>,
];

const CASES: readonly Case[] = [
  ['the name', equals(CN, 'web-1', 'web-2'), named('web-1'), true],
  ['another name', equals(CN, 'web-1', 'web-2'), named('web-3'), false],
  ['the name in another case', equals(CN, 'web-1'), named('WEB-1'), false],
  ['no name', equals(CN, 'web-1'), {}, false],
  ['kinds of RDN in any case', equals(CN, 'web-1'), { subject: { cn: ['web-1'] } }, true],
  [
    'several values are joined in their order',
    equals(OU, 'Security/Engineering'),
    { subject: { OU: ['Security', 'Engineering'] } },
    true,
  ],
  ['and not in another', equals(OU, 'Engineering/Security'), { subject: { OU: ['Security', 'Engineering'] } }, false],
  ['and none is one of them', equals(OU, 'Security'), { subject: { OU: ['Security', 'Engineering'] } }, false],
  ['the first DNS name', equals(DNS, 'a'), { dns: ['a', 'b'] }, true],
  ['not the second', equals(DNS, 'b'), { dns: ['a', 'b'] }, false],
  ['the first URI', equals(URI, 'spiffe://a/b'), { uri: ['spiffe://a/b', 'c'] }, true],
  ['the first directory name', equals(NAME, 'a'), { name: [{ CN: ['a'] }, { CN: ['b'] }] }, true],
  ['not the second directory name', equals(NAME, 'b'), { name: [{ CN: ['a'] }, { CN: ['b'] }] }, false],
  ['the issuer', equals(ISSUER, 'CA'), { issuer: { CN: ['CA'] } }, true],
  ['the issuer is not the subject', equals(ISSUER, 'CA'), { subject: { CN: ['CA'] } }, false],
  ['the source identity is the CN', equals(IDENTITY, 'CN=web-1'), named('web-1'), true],
  ['up to 61 characters', equals(IDENTITY, `CN=${LONG.slice(1)}`), named(LONG.slice(1)), true],
  ['and bare past them', equals(IDENTITY, LONG), named(LONG), true],
  ['without a CN the serial number', equals(IDENTITY, 'ID=1a'), {}, true],
  ['in an even number of digits, lower case', equals(IDENTITY, 'ID=0abc'), { serial: 'ABC' }, true],
  ['with a CN never the serial number', equals(IDENTITY, 'ID=1a'), named('web-1'), false],
  ['several CNs: not documented', equals(IDENTITY, 'CN=a'), named('a', 'b'), undefined],
  ['a CN that STS takes for no source identity', equals(IDENTITY, 'CN=a'), named('a b'), undefined],
  ['a value that STS takes for no tag', equals(OU, 'a'), { subject: { OU: ['Smith & Sons'] } }, undefined],
  [
    'and where it must not be',
    allow({ StringNotEquals: { [OU]: 'a' } }),
    { subject: { OU: ['Smith & Sons'] } },
    undefined,
  ],
  ['an OID that is not among the kinds', equals('aws:PrincipalTag/x509Subject/2.5.4.3', 'a'), named('a'), undefined],
  ['an OID that is', equals('aws:PrincipalTag/x509Subject/2.5.4.5', 'a'), { subject: { '2.5.4.5': ['a'] } }, true],
  ['two parts that are equal', equals(CN, `\${${OU}}`), { subject: { CN: ['a'], OU: ['a'] } }, true],
  ['two parts that are not', equals(CN, `\${${OU}}`), { subject: { CN: ['a'], OU: ['b'] } }, false],
  ['one of them missing', equals(CN, `\${${OU}}`), named('a'), false],
  ['anybody', allow(PINNED), {}, true],
  ['nobody', allow(PINNED, { Action: 'sts:AssumeRole' }), named('a'), false],
  ['a name that would do if the profile maps it', equals(CN, 'a'), named('a'), undefined, { mappings: undefined }],
  ['a name that would not do either way', equals(CN, 'a'), named('b'), false, { mappings: undefined }],
  [
    'a name left out, if the profile maps it',
    allow({ StringNotEquals: { [CN]: 'a' } }),
    named('a'),
    undefined,
    { mappings: undefined },
  ],
  ['another name, either way', allow({ StringNotEquals: { [CN]: 'a' } }), named('b'), true, { mappings: undefined }],
  ['anybody, if * is a service too', allow(PINNED, { Principal: '*' }), {}, undefined],
  [
    'names that nobody asked for',
    equals(CN, 'a'),
    { subject: { CN: ['a'], __proto__: ['x'], constructor: ['y'] } },
    true,
  ],
];

describe('certificateSatisfies', () => {
  it.each(CASES.map(each => ({ name: each[0], each })))('$name', ({ each: [, trust, certificate, expected, rest] }) => {
    expect(certificateSatisfies(gate(trust, rest).certificates, certificateOf(certificate))).toBe(expected);
  });
});
