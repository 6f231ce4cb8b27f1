import { describe, expect, it } from 'vitest';
import { type Gate, type GateQuestion, looserFirst } from '../../../src/iam/gate/gate.ts';
import type { HeldTo } from '../../../src/iam/gate/holding.ts';
import {
  ACCOUNT,
  ACTIONS,
  ANCHOR,
  allow,
  CN,
  DNS,
  deny,
  gate,
  gateFor,
  ISSUER,
  OU,
  PINNED,
  told,
  trustOf,
} from './build.ts';

const [ASSUME, TAG, SET] = ACTIONS as [string, string, string];
const OTHER = `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/00000000-1111-4222-8333-444444444444`;
const SOURCE_IDENTITY = 'sts:SourceIdentity';
const SESSION_NAME = 'sts:RoleSessionName';
const REQUEST_CN = 'aws:RequestTag/x509Subject/CN';
const MISSPELT = 'aws:PrincipalTag/x509Subject/CommonName';
const NOT_DOCUMENTED = 'aws:PrincipalTag/x509Subject/T';
const of = (key: string) => `\${${key}}`;

const UNMAPPED = { mappings: [] };
const NOT_READ = { mappings: undefined };

const ANY_OF_ANY = 'any certificate of any trust anchor';
const ANY_OF_THIS = 'any certificate of this trust anchor';

interface Seen {
  readonly grade: Gate['grade'];
  readonly says: string;
  readonly held: HeldTo | undefined;
  readonly open: Gate['open'];
  readonly elsewhere: Gate['open'];
  /** The kinds of the reasons of each effect. */
  readonly opens: readonly string[];
  readonly closes: readonly string[];
  readonly unknown: readonly string[];
  readonly notes: readonly string[];
}

function seen({ grade, holding, says, open, openElsewhere, reasons }: Gate): Seen {
  const kinds = (effect: string) => [...new Set(reasons.filter(each => each.effect === effect).map(each => each.kind))];
  const [opens, closes, unknown, notes] = ['opens', 'closes', 'unknown', 'note'].map(kinds) as string[][];
  return {
    grade,
    says,
    held: holding?.to,
    open,
    elsewhere: openElsewhere,
    opens: opens!,
    closes: closes!,
    unknown: unknown!,
    notes: notes!,
  };
}

/** Nobody gets in, for one kind of reason. */
function nobody(kind: string, says: string): Partial<Seen> {
  return { open: false, grade: 'impossible', closes: [kind], says: `nobody: ${says}` };
}

/** It restricts nothing, for one kind of reason. */
function vain(kind: string, says: string): Partial<Seen> {
  return { open: true, grade: 'ineffective', opens: [kind], says };
}

type Policy = object | readonly object[];
type Case = readonly [name: string, trust: Policy, expected: Partial<Seen>, rest?: Partial<GateQuestion>];

const TABLES: Readonly<Record<string, readonly Case[]>> = {
  'which trust anchors': [
    ['no condition', allow(), { open: true, elsewhere: true, grade: 'any_anchor', says: ANY_OF_ANY, notes: [] }],
    ['this one', allow(PINNED), { open: true, elsewhere: false, grade: 'any_of_ca', says: ANY_OF_THIS, notes: [] }],
    [
      'this one or another',
      allow({ ArnLike: { 'aws:SourceArn': [OTHER, ANCHOR] } }),
      { elsewhere: false, grade: 'any_of_ca' },
    ],
    [
      'this one, key in any case',
      allow({ ArnLike: { 'AWS:sourcearn': ANCHOR } }),
      { elsewhere: false, grade: 'any_of_ca' },
    ],
    [
      'IfExists on what is always there',
      allow({ ArnEqualsIfExists: { 'aws:SourceArn': ANCHOR } }),
      { elsewhere: false, grade: 'any_of_ca' },
    ],
    [
      'those of the account',
      allow({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
      { elsewhere: true, grade: 'any_anchor', says: ANY_OF_ANY, notes: ['any_anchor'] },
    ],
    [
      'a pattern that all match',
      allow({ ArnLike: { 'aws:SourceArn': 'arn:aws:rolesanywhere:*:*:trust-anchor/*' } }),
      { elsewhere: true, grade: 'any_anchor', notes: ['any_anchor'] },
    ],
    ['a star', allow({ StringLike: { 'aws:SourceArn': '*' } }), { elsewhere: true, grade: 'any_anchor' }],
    [
      "those of the role's account",
      allow({ ArnLike: { 'aws:SourceArn': 'arn:aws:rolesanywhere:*:${aws:ResourceAccount}:trust-anchor/*' } }),
      { elsewhere: true, grade: 'any_anchor' },
    ],
    [
      "no other than those of the role's account",
      [allow(), deny({ StringNotLike: { 'aws:SourceArn': '*:${aws:ResourceAccount}:*' } })],
      { elsewhere: true, grade: 'any_anchor' },
    ],
    [
      'those of a region that nobody knows',
      allow({ ArnLike: { 'aws:SourceArn': 'arn:aws:rolesanywhere:${aws:RequestedRegion}:*:*' } }),
      { open: undefined, elsewhere: undefined },
    ],
    [
      'all but another',
      allow({ ArnNotEquals: { 'aws:SourceArn': OTHER } }),
      { elsewhere: true, grade: 'any_anchor', notes: ['any_anchor'] },
    ],
    ['a name and any anchor', allow({ StringEquals: { [CN]: 'web-1' } }), { elsewhere: true, grade: 'attribute' }],
    [
      'another',
      allow({ ArnEquals: { 'aws:SourceArn': OTHER } }),
      nobody('other_anchor', 'aws:SourceArn asks for another trust anchor'),
    ],
    [
      'those of another account',
      allow({ StringEquals: { 'aws:SourceAccount': '999999999999' } }),
      nobody('other_account', 'aws:SourceAccount leaves this account out'),
    ],
    [
      'a star where it is none',
      allow({ StringEquals: { 'aws:SourceArn': 'arn:aws:rolesanywhere:*' } }),
      nobody('literal_wildcard', '* and ? are no wildcards for StringEquals, so it never holds'),
    ],
    [
      'all but this one',
      [allow(), deny(PINNED)],
      { open: false, elsewhere: true, grade: 'impossible', closes: ['denied'] },
    ],
  ],

  'which certificates': [
    [
      'named in full',
      allow({ ...PINNED, StringEquals: { [CN]: ['web-2', 'web-1'], [ISSUER]: 'Corp Issuing CA' } }),
      { open: true, grade: 'attribute', says: 'subject CN is web-1 or web-2, and issuer CN is "Corp Issuing CA"' },
    ],
    [
      'in any case',
      allow({ StringEqualsIgnoreCase: { [DNS]: 'Web.Example' } }),
      { grade: 'attribute', says: 'SAN DNS is Web.Example in any case' },
    ],
    [
      'a pattern',
      allow({ StringLike: { [CN]: ['*.example.com', 'db-1'] } }),
      { grade: 'wildcard', says: 'subject CN is like *.example.com or db-1', notes: ['pattern'] },
    ],
    ...(
      [
        [SOURCE_IDENTITY, 'CN=*', 'source identity is like CN=*'],
        [CN, '??*', 'subject CN is like ??*'],
        ['aws:PrincipalTag/x509SAN/URI', 'spiffe://*', 'SAN URI is like spiffe://*'],
      ] as const
    ).map(
      ([key, value, says]): Case => [
        `a pattern that asks for nothing but a value: ${value}`,
        allow({ ...PINNED, StringLike: { [key]: value } }),
        { ...vain('any_value', says), held: 'any_value' },
      ],
    ),
    [
      'a pattern for each letter',
      allow({ ...PINNED, StringLike: { [CN]: [...'abcdefghijklmnopqrstuvwxyz'].map(letter => `${letter}*`) } }),
      { grade: 'wildcard', held: 'leading_wildcard' },
    ],
    [
      'a pattern without a wildcard',
      allow({ StringLike: { [CN]: 'web-1' } }),
      { grade: 'attribute', says: 'subject CN is web-1' },
    ],
    [
      'a pattern besides a name',
      allow({ StringLike: { [DNS]: '*.a' }, StringEquals: { [OU]: 'ops' } }),
      { grade: 'attribute', says: 'subject OU is ops, and SAN DNS is like *.a', notes: [] },
    ],
    [
      'all but two',
      allow({ StringNotEquals: { [CN]: ['a', 'b'] } }),
      { grade: 'wildcard', says: 'subject CN is neither a nor b', notes: ['exclusion'] },
    ],
    [
      'all but patterns, and present',
      allow({ StringNotLike: { [CN]: ['a*', 'b*', 'c*'] }, Null: { [CN]: 'false' } }),
      { grade: 'wildcard', says: 'subject CN is present and none of like a*, like b* and like c*' },
    ],
    [
      'a pattern but for a name',
      allow({ StringLike: { [CN]: 'web-*' }, StringNotEquals: { [CN]: ['web-1', 'db'] } }),
      { says: 'subject CN is like web-* and not web-1' },
    ],
    [
      'a name, or none',
      allow({ StringEqualsIfExists: { [CN]: 'a' } }),
      { open: true, grade: 'wildcard', says: 'subject CN is a or missing', notes: ['absent_passes'] },
    ],
    ['none', allow({ Null: { [CN]: 'true' } }), { grade: 'wildcard', says: 'subject CN is missing' }],
    ['a number', allow({ NumericEquals: { [CN]: 7 } }), { grade: 'attribute', says: 'subject CN is the number 7' }],
    [
      'small numbers',
      allow({ NumericLessThanEquals: { [CN]: 7 } }),
      { grade: 'wildcard', says: 'subject CN is at most 7' },
    ],
    [
      'late times',
      allow({ DateGreaterThan: { [CN]: '2026-01-01' } }),
      { grade: 'wildcard', says: 'subject CN is after 2026-01-01' },
    ],
    ['a truth', allow({ Bool: { [OU]: true } }), { grade: 'attribute', says: 'subject OU is true' }],
    [
      'addresses',
      allow({ IpAddress: { [CN]: '10.0.0.0/8' } }),
      { grade: 'wildcard', says: 'subject CN is an address in 10.0.0.0/8' },
    ],
    [
      'the other parts',
      allow({
        StringLike: { 'aws:PrincipalTag/x509SAN/Name/CN': 'a*', 'aws:PrincipalTag/x509SAN/URI': 'spiffe://a/*' },
      }),
      { says: 'SAN directory name CN is like a*, and SAN URI is like spiffe://a/*' },
    ],
    [
      'an OID',
      allow({ StringEquals: { 'aws:PrincipalTag/x509Subject/2.5.4.5': '1' } }),
      { open: true, says: 'subject 2.5.4.5 is 1' },
    ],
    [
      'values like our own words',
      allow({ StringEquals: { [CN]: ['missing', 'or', 'x or y', ''] } }),
      { says: 'subject CN is "", "missing", "or" or "x or y"' },
    ],
    [
      'a source identity',
      allow({ StringEquals: { [SOURCE_IDENTITY]: 'CN=web-1' } }),
      { open: true, grade: 'attribute', says: 'source identity is CN=web-1' },
    ],
    [
      'all but one',
      allow({ StringNotEquals: { [SOURCE_IDENTITY]: 'CN=web-1' } }),
      { grade: 'wildcard', says: 'source identity is not CN=web-1' },
    ],
    [
      'a serial number',
      allow({ StringEquals: { [SOURCE_IDENTITY]: 'ID=0a1b' } }),
      { open: true, grade: 'attribute', says: 'source identity is ID=0a1b' },
    ],
    [
      'a serial number, for want of a CN',
      allow({ Null: { [CN]: 'true' }, StringEquals: { [SOURCE_IDENTITY]: 'ID=0a' } }),
      { open: true, says: 'subject CN is missing, and source identity is ID=0a' },
    ],
    [
      'a serial number, or another CN',
      allow({ StringEqualsIfExists: { [CN]: 'a' }, StringEquals: { [SOURCE_IDENTITY]: ['ID=0a', 'CN=b'] } }),
      { open: true, says: 'subject CN is a or missing, and source identity is CN=b or ID=0a' },
    ],
    [
      'the issuer, and a pattern',
      allow({ StringEquals: { [ISSUER]: 'A' }, StringLike: { [CN]: 'a*' } }),
      { grade: 'wildcard', says: 'subject CN is like a*, and issuer CN is A' },
    ],
    [
      'the issuer alone',
      allow({ ...PINNED, StringEquals: { [ISSUER]: 'A' } }),
      { open: true, grade: 'any_of_ca', says: 'issuer CN is A', notes: ['issuer_only'] },
    ],
    [
      'the issuer, and any subject',
      allow({ ...PINNED, StringEquals: { [ISSUER]: 'A' }, StringLike: { [CN]: '*' } }),
      { grade: 'any_of_ca', notes: ['issuer_only'] },
    ],
    [
      'two parts compared',
      allow({ StringEquals: { [CN]: of(OU) } }),
      { open: true, grade: 'wildcard', says: 'subject CN is the subject OU', notes: ['relation'] },
    ],
    [
      'a part within a pattern',
      allow({ StringLike: { [DNS]: `${of(CN)}.*` } }),
      { grade: 'wildcard', says: 'SAN DNS is like "{subject CN}.*"' },
    ],
    [
      'a name in two statements',
      [allow({ StringEquals: { [CN]: 'a' } }), allow({ StringEquals: { [CN]: 'b' } })],
      { says: 'subject CN is a or b' },
    ],
    [
      'all but two, or all but two others',
      [allow({ StringNotEquals: { [CN]: ['a', 'b'] } }), allow({ StringNotEquals: { [CN]: ['b', 'c'] } })],
      { says: 'subject CN is not b' },
    ],
    [
      'all but a name, or the name without a part',
      [allow({ StringNotEquals: { [CN]: ['a', 'b'] } }), allow({ StringEquals: { [CN]: 'a' } })],
      { says: 'subject CN is not b' },
    ],
    [
      'one statement within another',
      [allow({ StringEquals: { [CN]: 'a' } }), allow({ StringEquals: { [CN]: 'a', [OU]: 'b' } })],
      { says: 'subject CN is a' },
    ],
    [
      'the loosest statement decides',
      [allow({ StringEquals: { [CN]: 'a' } }), allow({ StringLike: { [DNS]: '*.b' } })],
      { grade: 'wildcard', says: 'SAN DNS is like *.b; or subject CN is a' },
    ],
    [
      'any certificate besides a name',
      [allow({ StringEquals: { [CN]: 'a' } }), allow(PINNED)],
      { grade: 'any_of_ca', says: ANY_OF_THIS },
    ],
  ],

  'Deny as a restriction': [
    [
      'all but a name',
      [allow(PINNED), deny({ StringNotEquals: { [CN]: ['a', 'b'] } })],
      { open: true, grade: 'attribute', says: 'subject CN is a or b' },
    ],
    [
      'a name',
      [allow(PINNED), deny({ StringEquals: { [CN]: 'a' } })],
      { grade: 'wildcard', says: 'subject CN is not a', notes: ['exclusion'] },
    ],
    [
      'all but a pattern',
      [allow(PINNED), deny({ StringNotLike: { [CN]: 'web-*' } })],
      { grade: 'wildcard', says: 'subject CN is like web-*' },
    ],
    [
      'what has no name',
      [allow(PINNED), deny({ Null: { [CN]: 'true' } })],
      vain('any_value', `${ANY_OF_THIS} with a subject CN`),
    ],
    [
      'two conditions',
      [allow(), deny({ StringEquals: { [CN]: 'a', [OU]: 'b' } })],
      { says: 'subject CN is not a; or subject OU is not b' },
    ],
    [
      'one action of three',
      [allow(PINNED), deny({ StringNotEquals: { [CN]: 'a' } }, { Action: SET })],
      { grade: 'attribute', says: 'subject CN is a' },
    ],
    [
      'all but another anchor',
      [allow(), deny({ ArnNotEquals: { 'aws:SourceArn': ANCHOR } })],
      { open: true, elsewhere: false, grade: 'any_of_ca' },
    ],
    [
      'a part that is not mapped',
      [allow(PINNED), deny({ StringEquals: { [CN]: 'a' } })],
      vain('unmapped', ANY_OF_THIS),
      UNMAPPED,
    ],
    [
      'all but a part that is not mapped',
      [allow(PINNED), deny({ StringNotEquals: { [CN]: 'a' } })],
      { open: false, grade: 'impossible', closes: ['denied', 'unmapped'] },
      UNMAPPED,
    ],
    [
      'everybody',
      [allow(), deny(undefined, { Action: TAG })],
      nobody('denied', 'a Deny takes sts:TagSession from everybody'),
    ],
    [
      'whoever is allowed',
      [allow({ StringEquals: { [CN]: 'a' } }), deny({ StringLike: { [CN]: 'a*' } })],
      { open: false, closes: ['contradiction'] },
    ],
    [
      'a Deny for anybody',
      [allow(PINNED), deny({ StringNotEquals: { [CN]: 'a' } }, { Principal: '*' })],
      { open: true, grade: 'attribute', says: 'subject CN is a' },
    ],
    [
      'a Deny for anybody but services',
      [allow(PINNED), deny({ Bool: { 'aws:PrincipalIsAWSService': 'false' } }, { Principal: '*' })],
      { open: true, grade: 'any_of_ca' },
    ],
    ['a Deny for anybody without more', [allow(PINNED), deny(undefined, { Principal: '*' })], { open: false }],
    [
      'a Deny for all others',
      [
        allow(PINNED),
        deny(undefined, { Principal: undefined, NotPrincipal: { Service: 'rolesanywhere.amazonaws.com' } }),
      ],
      { open: true, grade: 'any_of_ca', unknown: [] },
    ],
  ],

  'what restricts nothing': [
    [
      'negated and not mapped',
      allow({ ...PINNED, StringNotEquals: { [CN]: 'x' } }),
      vain('unmapped', ANY_OF_THIS),
      UNMAPPED,
    ],
    [
      'IfExists and not mapped',
      allow({ ...PINNED, StringEqualsIfExists: { [CN]: 'x' } }),
      vain('unmapped', ANY_OF_THIS),
      UNMAPPED,
    ],
    [
      'ForAllValues and not mapped',
      allow({ ...PINNED, 'ForAllValues:StringEquals': { [CN]: 'x' } }),
      vain('unmapped', ANY_OF_THIS),
      UNMAPPED,
    ],
    ['Null and not mapped', allow({ ...PINNED, Null: { [CN]: 'true' } }), vain('unmapped', ANY_OF_THIS), UNMAPPED],
    ['negated and misspelt', allow({ ...PINNED, StringNotEquals: { [MISSPELT]: 'x' } }), vain('misspelt', ANY_OF_THIS)],
    [
      'negated e-mail address',
      allow({ ...PINNED, StringNotLike: { 'aws:PrincipalTag/x509SAN/Email': 'x' } }),
      vain('misspelt', ANY_OF_THIS),
    ],
    ['no anchor either', allow({ StringNotEquals: { [CN]: 'x' } }), vain('unmapped', ANY_OF_ANY), UNMAPPED],
    ['a star', allow({ ...PINNED, StringLike: { [CN]: '*' } }), vain('any_value', `${ANY_OF_THIS} with a subject CN`)],
    [
      'a star, and not nothing',
      allow({ ...PINNED, StringLike: { [CN]: '*?' } }),
      vain('any_value', `${ANY_OF_THIS} with a subject CN`),
    ],
    [
      'a star among patterns',
      allow({ ...PINNED, StringLike: { [ISSUER]: ['a*', '**'] } }),
      vain('any_value', `${ANY_OF_THIS} with an issuer CN`),
    ],
    ['a star or nothing', allow({ ...PINNED, StringLikeIfExists: { [CN]: '*' } }), vain('any_value', ANY_OF_THIS)],
    [
      'a star for what is always there',
      allow({ ...PINNED, StringLike: { [SOURCE_IDENTITY]: '*' } }),
      vain('any_value', ANY_OF_THIS),
    ],
    [
      'there at all',
      allow({ ...PINNED, Null: { [CN]: 'false' } }),
      vain('any_value', `${ANY_OF_THIS} with a subject CN`),
    ],
    [
      'a tag compared with itself',
      allow({ ...PINNED, StringEquals: { [CN]: of(CN) } }),
      vain('tautology', `${ANY_OF_THIS} with a subject CN`),
    ],
    [
      'and in another case',
      allow({ ...PINNED, StringLike: { [CN]: of(CN.toLowerCase()) } }),
      vain('tautology', `${ANY_OF_THIS} with a subject CN`),
    ],
    [
      'a source identity made of the CN',
      allow({ ...PINNED, StringEquals: { [SOURCE_IDENTITY]: `CN=${of(CN)}` } }),
      vain('tautology', `${ANY_OF_THIS} with a subject CN`),
    ],
    [
      'a tag compared with its twin of the request: whether that is there for the third action is not known',
      allow({ ...PINNED, StringEquals: { [CN]: of(REQUEST_CN) } }),
      {
        open: undefined,
        grade: 'ineffective',
        opens: ['tautology'],
        unknown: ['key'],
        says: `perhaps: ${ANY_OF_THIS} with a subject CN`,
      },
    ],
    [
      'the session name bound to the certificate',
      allow({ ...PINNED, StringEquals: { [SESSION_NAME]: of(CN) } }),
      {
        open: undefined,
        grade: 'ineffective',
        opens: ['session_name'],
        unknown: ['session_name'],
        says: `perhaps: ${ANY_OF_THIS}`,
      },
    ],
    [
      'a name or any other name',
      [allow({ ...PINNED, StringEquals: { [CN]: 'a' } }), allow({ ...PINNED, StringNotEquals: { [CN]: 'a' } })],
      vain('completed', ANY_OF_THIS),
    ],
    [
      'all but what cannot be',
      allow({ ...PINNED, StringNotEquals: { [CN]: 'web-*' } }),
      vain('literal_wildcard', ANY_OF_THIS),
    ],
    [
      'all but no source identity',
      allow({ ...PINNED, StringNotEquals: { [SOURCE_IDENTITY]: 'web-1' } }),
      vain('source_identity_format', ANY_OF_THIS),
    ],
    [
      'an open statement beside it',
      [allow({ ...PINNED, StringLike: { [CN]: '*' } }), allow(PINNED)],
      { grade: 'any_of_ca', opens: [] },
    ],
    [
      'an open statement before it',
      [allow(PINNED), allow({ ...PINNED, StringNotEquals: { [MISSPELT]: 'x' } })],
      { grade: 'any_of_ca', opens: [] },
    ],
    [
      'an open statement after it',
      [allow({ ...PINNED, StringNotEquals: { [MISSPELT]: 'x' } }), allow(PINNED)],
      { grade: 'any_of_ca', opens: [] },
    ],
    [
      'a statement with a remark beside it',
      [
        allow({ ...PINNED, StringNotEquals: { [MISSPELT]: 'x' } }),
        allow({ ...PINNED, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
      ],
      { grade: 'any_of_ca', opens: [] },
    ],
    [
      'a statement with a remark before it',
      [
        allow({ ...PINNED, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
        allow({ ...PINNED, StringNotEquals: { [MISSPELT]: 'x' } }),
      ],
      { grade: 'any_of_ca', opens: [] },
    ],
    [
      'a name beside it',
      allow({ StringNotEquals: { [MISSPELT]: 'x' }, StringEquals: { [CN]: 'a' } }),
      { grade: 'attribute', opens: ['misspelt'] },
    ],
  ],

  'what nobody meets': [
    [
      'not mapped',
      allow({ StringEquals: { [CN]: 'x' } }),
      nobody('unmapped', 'the profile does not map x509Subject/CN, so StringEquals never holds'),
      UNMAPPED,
    ],
    [
      'another part mapped',
      allow({ StringLike: { [CN]: 'x*' } }),
      nobody('unmapped', 'the profile does not map x509Subject/CN, so StringLike never holds'),
      { mappings: [{ certificateField: 'x509Subject', specifiers: ['OU'] }] },
    ],
    [
      'misspelt',
      allow({ StringEquals: { [MISSPELT]: 'x' } }),
      nobody('misspelt', `Roles Anywhere never sets ${MISSPELT}, so StringEquals never holds`),
    ],
    [
      'a SAN that is never mapped',
      allow({ StringEquals: { 'aws:PrincipalTag/x509SAN/IP': 'x' } }),
      { open: false, closes: ['misspelt'] },
    ],
    [
      'no field of a certificate',
      allow({ StringEquals: { 'aws:PrincipalTag/x509Subject': 'x' } }),
      { open: false, closes: ['misspelt'] },
    ],
    [
      'a star where it is none',
      allow({ StringEquals: { [CN]: ['web-*', 'db-?'] } }),
      { open: false, grade: 'impossible', closes: ['literal_wildcard'] },
    ],
    [
      'an escaped star',
      allow({ StringLike: { [CN]: `web${of('*')}` } }),
      { open: false, closes: ['literal_wildcard'] },
    ],
    [
      'a variable in an old policy',
      trustOf(allow({ StringEquals: { [CN]: of(OU) } }), ''),
      { open: false, closes: ['value_format'] },
    ],
    [
      'a character that no tag has',
      allow({ StringEquals: { [CN]: 'Smith & Sons' } }),
      nobody(
        'value_format',
        `no session tag can have the value "Smith & Sons", so StringEquals on ${CN} never holds for it`,
      ),
    ],
    [
      'a bare source identity',
      allow({ StringEquals: { [SOURCE_IDENTITY]: 'web-1' } }),
      nobody(
        'source_identity_format',
        'no source identity is written like web-1, so StringEquals on sts:SourceIdentity never holds for it',
      ),
    ],
    [
      'an odd serial number',
      allow({ StringEquals: { [SOURCE_IDENTITY]: ['ID=abc', 'ID=AB', 'ID='] } }),
      { open: false, closes: ['source_identity_format'] },
    ],
    [
      'a source identity of other characters',
      allow({ StringLike: { [SOURCE_IDENTITY]: ['CN=a b*', `CN=${'a'.repeat(62)}*`] } }),
      { open: false, closes: ['source_identity_format'] },
    ],
    ['a number that is none: nobody knows', allow({ NumericEquals: { [CN]: 'one' } }), { open: undefined, closes: [] }],
    ['no value at all: nobody knows', allow({ StringEquals: { [CN]: [] } }), { open: undefined, closes: [] }],
    [
      'two names',
      [
        allow({ StringEquals: { [CN]: 'a' } }, { Action: [ASSUME, TAG] }),
        allow({ StringEquals: { [CN]: 'b' } }, { Action: SET }),
      ],
      nobody('contradiction', 'no certificate is allowed all three actions'),
    ],
    [
      'a name that the pattern does not take',
      allow({ StringEquals: { [CN]: 'web-1' }, StringLike: { [CN]: 'db-*' } }),
      { open: false, closes: ['contradiction'] },
    ],
    [
      'two patterns that never meet',
      allow({ StringLike: { [CN]: 'a*' }, 'ForAnyValue:StringLike': { [CN]: 'b*' } }),
      { open: false, closes: ['contradiction'] },
    ],
    [
      'a pattern without its texts',
      allow({ StringLike: { [CN]: 'a?' }, StringNotLike: { [CN]: '?*' } }),
      { open: false, closes: ['contradiction'] },
    ],
    [
      'there and not there',
      allow({ StringEquals: { [CN]: 'a' }, Null: { [CN]: 'true' } }),
      { open: false, closes: ['contradiction'] },
    ],
    [
      'a CN that is not the source identity',
      allow({ StringEquals: { [CN]: 'a', [SOURCE_IDENTITY]: 'CN=b' } }),
      { open: false, closes: ['contradiction'] },
    ],
    [
      'a variable without a value',
      allow({ StringEquals: { [OU]: of(MISSPELT) } }),
      { open: false, closes: ['unmapped'] },
    ],
    [
      'the session name after a part that is not mapped',
      allow({ StringEquals: { [SESSION_NAME]: of(CN) } }),
      { open: false, closes: ['unmapped'] },
      UNMAPPED,
    ],
    [
      'an address',
      allow({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
      nobody(
        'network',
        "aws:SourceIp is not the client's but that of the service that calls STS, so IpAddress never holds",
      ),
    ],
    ['a VPC', allow({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }), { open: false, closes: ['network'] }],
    [
      'private addresses of each kind',
      allow({ IpAddress: { 'aws:SourceIp': ['172.20.0.0/14', '192.168.1.1', 'fd00::/8'] } }),
      { open: false, closes: ['network'] },
    ],
    [
      'a session name that no serial number is written like',
      allow({ StringLike: { [SESSION_NAME]: 'host-*' } }),
      {
        open: false,
        closes: ['session_name_format'],
        says: 'nobody: no serial number is written like host-*, so StringLike on sts:RoleSessionName never holds for it',
      },
      { acceptsSessionName: false },
    ],
    [
      'one of an odd number of digits, and one in capitals',
      allow({ StringEquals: { [SESSION_NAME]: ['a1b', 'A1B2'] } }),
      { open: false, closes: ['session_name_format'] },
      { acceptsSessionName: false },
    ],
    [
      'two serial numbers at once',
      allow({ StringEquals: { [SESSION_NAME]: '0a' }, StringNotEquals: { [SESSION_NAME]: '0a' } }),
      { open: false, closes: ['contradiction'] },
      { acceptsSessionName: false },
    ],
    [
      'all but addresses, denied',
      [allow(), deny({ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      { open: false, closes: ['denied', 'network'] },
    ],
    [
      'multi-factor authentication',
      allow({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      { open: false, closes: ['absent'] },
    ],
    [
      'a time that is over',
      allow({ DateLessThan: { 'aws:CurrentTime': '2026-01-01' } }),
      nobody('never', 'DateLessThan on aws:CurrentTime does not hold'),
    ],
    [
      'one action missing',
      allow(PINNED, { Action: [ASSUME, SET] }),
      nobody('missing_action', 'no statement allows sts:TagSession'),
    ],
    [
      'a service-linked role',
      allow(undefined, { Action: ASSUME }),
      nobody('missing_action', 'no statement allows sts:TagSession; no statement allows sts:SetSourceIdentity'),
    ],
    [
      'one action taken by NotAction',
      allow(undefined, { Action: undefined, NotAction: 'STS:tagsession' }),
      nobody('missing_action', 'no statement allows sts:TagSession'),
    ],
    [
      'another service',
      allow(undefined, { Principal: { Service: 'ec2.amazonaws.com' } }),
      nobody('no_trust', 'the role does not trust Roles Anywhere'),
    ],
    [
      'an account',
      allow(undefined, { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
      { open: false, closes: ['no_trust'] },
    ],
    ['no statement', [], { open: false, closes: ['no_trust'] }],
  ],

  'what holds for every request': [
    [
      'an address left out',
      allow({ ...PINNED, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
      { open: true, grade: 'any_of_ca', notes: ['network'] },
    ],
    [
      'a Deny of addresses',
      [allow(PINNED), deny({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      { open: true, grade: 'any_of_ca', notes: ['network'] },
    ],
    [
      'an AWS service',
      allow({ ...PINNED, Bool: { 'aws:PrincipalIsAWSService': 'true' } }),
      { open: true, grade: 'any_of_ca' },
    ],
    [
      'no multi-factor authentication',
      allow({ ...PINNED, BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }),
      { open: true, grade: 'any_of_ca' },
    ],
    [
      'a time to come',
      allow({ ...PINNED, DateLessThan: { 'aws:CurrentTime': '2030-01-01' } }),
      { open: true, grade: 'any_of_ca' },
    ],
  ],

  'what is not known': [
    [
      'mappings, and a name',
      allow({ ...PINNED, StringEquals: { [CN]: 'x' } }),
      { open: undefined, grade: 'attribute', says: 'perhaps: subject CN is x', unknown: ['mapping'] },
      NOT_READ,
    ],
    [
      'mappings, and all but a name',
      allow({ ...PINNED, StringNotEquals: { [CN]: 'x' } }),
      {
        open: true,
        grade: 'any_of_ca',
        says: `subject CN is not x; perhaps also: ${ANY_OF_THIS}`,
        unknown: ['mapping'],
      },
      NOT_READ,
    ],
    ['mappings, and nothing asked', allow(PINNED), { open: true, grade: 'any_of_ca', unknown: [] }, NOT_READ],
    [
      'mappings, and misspelt',
      allow({ StringEquals: { [MISSPELT]: 'x' } }),
      { open: false, closes: ['misspelt'] },
      NOT_READ,
    ],
    [
      'a part that AWS does not name',
      allow({ StringEquals: { [NOT_DOCUMENTED]: 'x' } }),
      { open: undefined, says: 'perhaps: subject T is x', unknown: ['mapping'] },
    ],
    [
      'a part that the profile names',
      allow({ StringEquals: { [NOT_DOCUMENTED]: 'x' } }),
      { open: true, unknown: [] },
      { mappings: [{ certificateField: 'x509Subject', specifiers: ['T'] }] },
    ],
    [
      'an organisation',
      allow({ ...PINNED, StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      { open: undefined, grade: 'any_of_ca', says: `perhaps: ${ANY_OF_THIS}`, unknown: ['key'] },
    ],
    [
      'one or another organisation',
      [
        allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
        allow({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      ],
      { open: true, grade: 'any_anchor', unknown: [] },
    ],
    [
      'an organisation allowed and denied',
      [
        allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
        deny({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      ],
      { open: false },
    ],
    [
      'an organisation in a name',
      allow({ StringEquals: { [CN]: of('aws:PrincipalOrgID') } }),
      { open: undefined, unknown: ['key'] },
    ],
    [
      'a value with a default',
      allow({ StringEquals: { [CN]: `\${${OU}, 'a'}` } }),
      { open: undefined, unknown: ['key'] },
    ],
    [
      'a key with a variable that has no value',
      allow({ StringEqualsIfExists: { 'aws:PrincipalOrgID': of(MISSPELT) } }),
      { open: undefined, unknown: ['key'] },
    ],
    [
      'tag keys',
      allow({ 'ForAllValues:StringLike': { 'aws:TagKeys': 'x509*' } }),
      { open: undefined, grade: 'any_anchor', unknown: ['key'] },
    ],
    [
      'a session name',
      allow({ ...PINNED, StringEquals: { [SESSION_NAME]: 'a' } }),
      { open: undefined, grade: 'any_of_ca', opens: [], unknown: ['session_name'] },
    ],
    ['any session name', allow({ ...PINNED, StringLike: { [SESSION_NAME]: '*' } }), { open: true, grade: 'any_of_ca' }],
    ['an operator', allow({ StringEqual: { [CN]: 'a' } }), { open: undefined, unknown: ['operator'] }],
    [
      'an address if there is one',
      allow({ IpAddressIfExists: { 'aws:SourceIp': '203.0.113.0/24' } }),
      { open: undefined, unknown: ['network'] },
    ],
    [
      'an address that may be one of the service',
      allow({ ...PINNED, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
      { open: undefined, unknown: ['network'] },
    ],
    [
      'all addresses, if there is one',
      allow({ ...PINNED, IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1'] } }),
      { open: undefined, unknown: ['network'] },
    ],
    [
      'all but one that may be of the service',
      allow({ ...PINNED, NotIpAddress: { 'aws:SourceIp': '54.0.0.0/8' } }),
      { open: undefined, unknown: ['network'] },
    ],
    [
      'a Deny of such addresses',
      [allow(PINNED), deny({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '54.0.0.0/8'] } })],
      { open: undefined, unknown: ['network'] },
    ],
    [
      'a private address within a VPC',
      allow({ ...PINNED, IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } }),
      { open: undefined, unknown: ['network'] },
    ],
    [
      'a pattern of VPCs',
      allow({ ...PINNED, StringLike: { 'aws:SourceVpc': 'vpc-*' } }),
      { open: undefined, unknown: ['network'] },
    ],
    [
      "a session name, the caller's choice",
      allow({ StringLike: { [SESSION_NAME]: 'host-*' } }),
      { open: undefined, unknown: ['session_name'] },
      { acceptsSessionName: true },
    ],
    [
      'any principal',
      allow(PINNED, { Principal: '*' }),
      { open: undefined, grade: 'any_of_ca', says: `perhaps: ${ANY_OF_THIS}`, unknown: ['principal'] },
    ],
    ['any AWS principal', allow(PINNED, { Principal: { AWS: ['*'] } }), { open: undefined, unknown: ['principal'] }],
    ['any identity provider', allow(PINNED, { Principal: { Federated: '*' } }), { open: false, closes: ['no_trust'] }],
    [
      'a regional name',
      allow(PINNED, { Principal: { Service: 'rolesanywhere.eu-west-1.amazonaws.com' } }),
      { open: undefined, unknown: ['principal'] },
    ],
    [
      'a name of China',
      allow(PINNED, { Principal: { Service: 'rolesanywhere.amazonaws.com.cn' } }),
      { open: undefined, unknown: ['principal'] },
    ],
    [
      'NotPrincipal',
      allow(PINNED, { Principal: undefined, NotPrincipal: { AWS: 'x' } }),
      { open: undefined, unknown: ['principal'] },
    ],
    [
      'NotPrincipal that names it',
      allow(PINNED, { Principal: undefined, NotPrincipal: { Service: 'rolesanywhere.amazonaws.com' } }),
      { open: false, closes: ['no_trust'] },
    ],
    [
      'any principal besides this anchor',
      [allow(undefined, { Principal: '*' }), allow(PINNED)],
      { open: true, elsewhere: undefined, grade: 'any_anchor', says: ANY_OF_THIS, unknown: ['principal'] },
    ],
    [
      'any principal besides a name',
      [allow(undefined, { Principal: '*' }), allow({ ...PINNED, StringEquals: { [CN]: 'a' } })],
      { open: true, elsewhere: undefined, grade: 'any_anchor', says: `subject CN is a; perhaps also: ${ANY_OF_ANY}` },
    ],
    [
      'whether two comparisons can be met',
      allow({ NumericLessThan: { [CN]: '5' }, NumericGreaterThan: { [CN]: '9' } }),
      { open: undefined, grade: 'wildcard', unknown: ['too_complex'] },
    ],
  ],

  'three actions': [
    [
      "AWS's own example: the anchor on two, the certificate on the third",
      [allow(PINNED, { Action: [ASSUME, SET] }), allow({ StringEquals: { [CN]: 'Bob' } }, { Action: TAG })],
      { open: true, elsewhere: false, grade: 'attribute', says: 'subject CN is Bob', notes: ['tag_session_only'] },
    ],
    [
      'EKS hybrid nodes: the anchor on two, the session name on the third',
      [allow(PINNED, { Action: [TAG, SET] }), allow({ StringEquals: { [SESSION_NAME]: of(CN) } }, { Action: ASSUME })],
      { open: undefined, elsewhere: false, grade: 'ineffective', opens: ['session_name'], unknown: ['session_name'] },
    ],
    [
      'a part of the certificate on each',
      [CN, OU, DNS].map((key, at) => allow({ StringEquals: { [key]: 'x' } }, { Action: ACTIONS[at] })),
      { says: 'subject CN is x, and subject OU is x, and SAN DNS is x' },
    ],
    [
      'a tag of the request on two',
      allow({ StringEquals: { [REQUEST_CN]: 'x' } }, { Action: [ASSUME, TAG] }),
      { open: false, closes: ['missing_action'] },
    ],
    [
      'a tag of the request on all',
      allow({ StringEquals: { [REQUEST_CN]: 'x' } }),
      { open: undefined, grade: 'attribute', says: 'perhaps: subject CN is x', unknown: ['mapping'] },
    ],
    [
      'a tag of the request and of the principal',
      [
        allow({ StringEquals: { [REQUEST_CN]: ['x', 'y'] } }, { Action: TAG }),
        allow({ StringEquals: { [CN]: ['y', 'z'] } }, { Action: [ASSUME, SET] }),
      ],
      { open: true, says: 'subject CN is y' },
    ],
    ['any action', allow(PINNED, { Action: '*' }), { open: true, grade: 'any_of_ca' }],
    [
      'patterns of actions',
      allow(PINNED, { Action: ['sts:Assume*', 'STS:TAGSESSION', 'sts:Set???????????ity'] }),
      { open: true, grade: 'any_of_ca' },
    ],
    [
      'other principals do not matter',
      [allow(PINNED), allow(undefined, { Principal: { Service: 'ec2.amazonaws.com' }, Action: ASSUME })],
      { grade: 'any_of_ca' },
    ],
  ],
};

describe.each(Object.entries(TABLES))('%s', (_, cases) => {
  it.each(cases.map(each => ({ name: each[0], each })))('$name', ({ each: [, trust, expected, rest] }) => {
    const found = 'version' in trust ? gateFor({ trust: trust as GateQuestion['trust'], ...rest }) : gate(trust, rest);
    expect(seen(found)).toMatchObject(expected);
  });
});

describe('a gate', () => {
  const named = (count: number) =>
    gate(allow({ ...PINNED, StringEquals: { [CN]: Array.from({ length: count }, (_, at) => `host-${at + 1}`) } }));
  const first = 'subject CN is host-1, host-2, host-3, host-4, host-5';
  it.each([
    ['a few names', named(3), undefined],
    ['one more than are shown', named(6), undefined],
    ['several more', named(8), `${first}, host-6, host-7 or host-8`],
    [
      'a long one',
      gate(allow({ ...PINNED, StringEquals: { [CN]: 'a'.repeat(150) } })),
      `subject CN is ${'a'.repeat(150)}`,
    ],
    [
      'more than anybody reads',
      named(2000),
      expect.stringMatching(/^subject CN is .{8000,8200}… \(SHA-256 [\da-f]{64}\)$/),
    ],
  ])('leaves nothing out where it is to be compared: %s', (_, each, expected) => {
    expect(each.saysInFullOf('the trust anchor factory')).toEqual(expected);
  });

  it('names the trust anchor it is told', () => {
    expect(gate(allow(PINNED)).saysOf('the trust anchor factory')).toBe('any certificate of the trust anchor factory');
    expect(gate(allow()).saysOf('the trust anchor factory')).toBe(ANY_OF_ANY);
  });

  it('gives the certificates as terms', () => {
    const { certificates } = gate(allow({ StringEquals: { [CN]: ['a', 'b'] } }));
    expect(certificates).toMatchObject([
      { certain: true, literals: [{ fact: 'x509subject/cn', test: 'StringEquals', negated: false, absent: false }] },
    ]);
    expect(gate(allow()).certificates).toEqual([{ certain: true, literals: [] }]);
    expect(gate([]).certificates).toEqual([]);
  });

  it('is the same in any order, with lists or texts, in any case of keys and actions', () => {
    const values = ['web-1', 'web-2'];
    const plain = [
      allow({ ...PINNED, StringEquals: { [CN]: values, [ISSUER]: ['CA'] } }),
      deny({ StringLike: { [OU]: ['x*'] } }),
    ];
    const other = [
      deny({ StringLike: { [OU.toUpperCase()]: 'x*' } }, { Action: ACTIONS.map(each => each.toLowerCase()).reverse() }),
      allow(
        { StringEquals: { [ISSUER.toLowerCase()]: 'CA', [CN.toUpperCase()]: values.toReversed() }, ...PINNED },
        { Action: 'STS:*', Principal: { Service: ['ec2.amazonaws.com', 'rolesanywhere.amazonaws.com'] } },
      ),
    ];
    const [expected, found] = [gate(plain), gate(other)];
    expect(told(found)).toEqual(told(expected));
    expect(expected.says).toBe('subject CN is web-1 or web-2, and subject OU is not like x*, and issuer CN is CA');
  });

  it('sorts the loosest first, and one that is not known before all but the loosest', () => {
    const untold = gate(
      Array.from({ length: 400 }, (_, n) => allow({ StringEquals: { [CN]: `a${n}`, [OU]: `b${n}` } })),
    );
    const gates = [gate([]), gate(allow({ StringEquals: { [CN]: 'a' } })), untold, gate(allow(PINNED)), gate(allow())];
    expect(gates.toSorted(looserFirst).map(each => each.grade)).toEqual([
      'any_anchor',
      undefined,
      'any_of_ca',
      'attribute',
      'impossible',
    ]);
  });
});
