import { describe, expect, it } from 'vitest';
import { ABSENT, known, PRESENT, UNKNOWN } from '../../src/iam/context.ts';
import {
  directCallContext,
  isMapped,
  type Mapping,
  principalContext,
  resourceContext,
  type SessionFacts,
} from '../../src/iam/session.ts';

const now = new Date('2026-01-02T03:04:05Z');
const mapping = (certificateField: string, ...specifiers: readonly string[]): Mapping => ({
  certificateField,
  specifiers,
});

/** What AWS sets up for a new profile (Roles Anywhere user guide, "Attribute mapping"). */
const DEFAULT = [mapping('x509Subject', '*'), mapping('x509Issuer', '*'), mapping('x509SAN', 'DNS', 'URI', 'Name/*')];

const facts = (rest: Partial<SessionFacts> = {}): SessionFacts => ({
  roleArn: 'arn:aws:iam::111122223333:role/path/app',
  roleTags: [['Team', 'a']],
  mappings: DEFAULT,
  now,
  ...rest,
});

describe('principalContext', () => {
  it.each([
    ['aws:principaltype', known('AssumedRole')],
    ['aws:principalarn', known('arn:aws:iam::111122223333:role/path/app')],
    ['aws:principalaccount', known('111122223333')],
    ['aws:principalisawsservice', known('false')],
    ['aws:multifactorauthpresent', ABSENT],
    ['aws:multifactorauthage', ABSENT],
    ['aws:username', ABSENT],
    ['aws:userid', PRESENT],
    ['aws:sourceidentity', PRESENT],
    ['aws:tokenissuetime', known('2026-01-02T03:04:05.000Z')],
    ['aws:sourceip', UNKNOWN],
    ['aws:principalorgid', UNKNOWN],
    ['aws:principaltag/team', known('a')],
    ['aws:principaltag/other', ABSENT],
  ])('%s', (key, expected) => {
    expect(principalContext(facts())(key)).toEqual(expected);
  });

  const TAG = 'aws:principaltag/x509subject/cn';

  it.each<[string, Partial<SessionFacts>, ReturnType<typeof known>]>([
    ['mapped: up to the certificate', {}, UNKNOWN],
    ['not mapped', { mappings: [mapping('x509Issuer', '*')] }, ABSENT],
    ['nothing mapped', { mappings: [] }, ABSENT],
    ['mappings not read', { mappings: undefined }, UNKNOWN],
    ['not mapped, but a tag of the role', { mappings: [], roleTags: [['x509Subject/CN', 'admin']] }, known('admin')],
    ['mapped, and a tag of the role', { roleTags: [['x509Subject/CN', 'admin']] }, UNKNOWN],
    ['not mapped, tags not read', { mappings: [], roleTags: undefined }, UNKNOWN],
  ])('x509 tag: %s', (_, rest, expected) => {
    expect(principalContext(facts(rest))(TAG)).toEqual(expected);
  });

  it('does not know tags that were not read', () => {
    expect(principalContext(facts({ roleTags: undefined }))('aws:principaltag/team')).toEqual(UNKNOWN);
  });
});

describe('isMapped', () => {
  it.each<[string, readonly Mapping[], boolean]>([
    ['x509subject/cn', DEFAULT, true],
    ['x509issuer/ou', DEFAULT, true],
    ['x509san/dns', DEFAULT, true],
    ['x509san/uri', DEFAULT, true],
    ['x509san/name/cn', DEFAULT, true],
    ['x509san/email', DEFAULT, false],
    ['x509subject/cn', [mapping('x509Subject', 'OU')], false],
    ['x509subject/cn', [mapping('x509Subject', 'OU', 'CN')], true],
    ['x509subject/cn', [mapping('x509Subject', 'OU'), mapping('X509SUBJECT', 'cn')], true],
    ['x509subject/cn', [mapping('x509Subject')], false],
    ['x509subject/cn', [mapping('x509Issuer', '*')], false],
    ['x509san/dns', [mapping('x509SAN', '*')], false],
    ['x509san/name/cn', [mapping('x509SAN', 'Name')], true],
    ['x509san/name/cn', [mapping('x509SAN', 'Name/')], true],
    ['x509san/name/cn', [mapping('x509SAN', 'Name/CN')], true],
    ['x509san/name/ou', [mapping('x509SAN', 'Name/CN')], false],
    ['x509subject/1.2.3', [mapping('x509Subject', '1.2.3')], true],
  ])('%s by %j: %s', (tag, mappings, expected) => {
    expect(isMapped(tag, mappings)).toBe(expected);
  });
});

describe('directCallContext', () => {
  it.each([
    ['aws:securetransport', known('true')],
    ['aws:viaawsservice', known('false')],
    ['aws:calledvia', ABSENT],
    ['aws:sourcearn', ABSENT],
    ['aws:currenttime', known('2026-01-02T03:04:05.000Z')],
    ['aws:epochtime', known('1767323045')],
    ['aws:sourcevpce', UNKNOWN],
  ])('%s', (key, expected) => {
    expect(directCallContext('s3:GetObject', now)(key)).toEqual(expected);
  });

  it.each([
    ['s3:GetObject', 'aws', UNKNOWN],
    ['iam:PassRole', 'aws', known('us-east-1')],
    ['IAM:passrole', 'aws-cn', known('cn-north-1')],
    ['iam:PassRole', 'aws-us-gov', known('us-gov-west-1')],
    ['iam:PassRole', 'aws-iso', UNKNOWN],
    ['', 'aws', UNKNOWN],
  ])('the region of %s in %s', (action, partition, expected) => {
    expect(directCallContext(action, now, partition)('aws:requestedregion')).toEqual(expected);
  });
});

it.each([
  ['arn:aws:iam::111122223333:role/app', known('111122223333')],
  ['arn:aws:s3:::bucket', UNKNOWN],
  ['*', UNKNOWN],
  ['', UNKNOWN],
])('the account of %s', (resource, expected) => {
  expect(resourceContext(resource)('aws:resourceaccount')).toEqual(expected);
});
