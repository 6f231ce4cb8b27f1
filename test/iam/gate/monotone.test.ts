import { describe, expect, it } from 'vitest';
import { GRADES } from '../../../src/iam/gate/grade.ts';
import { HELD_TO } from '../../../src/iam/gate/holding.ts';
import { tieOf } from '../../../src/iam/gate/tie.ts';
import type { Truth } from '../../../src/iam/truth.ts';
import { ACCOUNT, ANCHOR, allow, CN, gate, ISSUER, NOW, OU, PINNED, trustOf } from './build.ts';

const FULL = { ...PINNED, StringEquals: { [CN]: 'web', [ISSUER]: 'A' } };
const NAMED = { StringEquals: { [CN]: 'web' } };
const SECURE = { Bool: { 'aws:SecureTransport': 'true' } };
const [REQUEST_CN, SESSION] = ['aws:RequestTag/x509Subject/CN', 'sts:RoleSessionName'];
const anchors = (id: string) => ({ ArnLike: { 'aws:SourceArn': ANCHOR.replace(/[^/]*$/, id) } });

const ALLOWS: readonly (readonly [string, object])[] = [
  ['all in full', allow(FULL)],
  ['a name', allow(NAMED)],
  ['one anchor', allow(PINNED)],
  ['nothing', allow()],
  ['nothing, perhaps', allow(SECURE)],
  ['nothing, perhaps, for a key that nobody sends', allow({ Null: { 'sts:ExternalId': 'true' } })],
  ['nothing, perhaps, by an operator that there is not', allow({ StringIs: { [CN]: 'x' } })],
  ['nothing, perhaps, for any service', allow(undefined, { Principal: { Service: '*' } })],
  ['one anchor, perhaps', allow({ ...PINNED, ...SECURE })],
  ['one anchor, perhaps, of an organisation', allow({ ...PINNED, StringEquals: { 'aws:SourceOrgID': 'o-1' } })],
  ['one anchor, by tag keys', allow({ ...PINNED, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['x'] } })],
  ['a name, perhaps', allow({ ...PINNED, ...NAMED, ...SECURE })],
  ['compared with itself', allow({ ...PINNED, StringEquals: { [CN]: `\${${REQUEST_CN}}` } })],
  ['compared with another part', allow({ ...PINNED, StringEquals: { [CN]: `\${${OU}}` }, StringLike: { [OU]: 'e*' } })],
  ['the session called so', allow({ ...PINNED, StringEquals: { [SESSION]: `\${${CN}}` } })],
  ['any value', allow({ ...PINNED, StringLike: { [REQUEST_CN]: '*' } })],
  ['a number', allow({ ...PINNED, NumericLessThan: { [CN]: '5' }, StringLike: { [CN]: '1*' } })],
  ['a pattern', allow({ ...PINNED, StringLike: { [CN]: 'web-*' } })],
  ['all but one', allow({ ...PINNED, StringNotEquals: { [CN]: 'x' } })],
  ['an issuer', allow({ ...PINNED, StringEquals: { [ISSUER]: 'A' } })],
  ['any anchor', allow({ ...anchors('*'), ...NAMED })],
  ['an id', allow({ ...anchors('ab*'), ...NAMED })],
  ['an id, perhaps', allow({ ...anchors('cd*'), ...SECURE })],
  ['next year', allow({ DateGreaterThan: { 'aws:CurrentTime': '2027-01-01' }, ...NAMED })],
];

/** The lower the looser, of what is not known somewhere between. */
interface Looseness {
  readonly held: number;
  readonly grade: number;
  readonly anchored: Truth;
  readonly covers: Truth;
  readonly admits: Truth;
}

/** Any certificate of the CA that has the attribute passes either. */
const AS_LOOSE: ReadonlyMap<string, (typeof HELD_TO)[number]> = new Map([['itself', 'any_value']]);

function loosenessOf(...statements: readonly object[]): Looseness {
  const tie = tieOf({
    trust: trustOf(statements),
    partition: 'aws',
    account: ACCOUNT,
    regions: ['eu-west-1'],
    anchors: [ANCHOR],
    acceptsSessionName: undefined,
    now: NOW,
  });
  const { grade } = gate(statements);
  if (tie === 'nobody') throw new Error('nobody');
  return {
    held: tie.holding === undefined ? 0.5 : HELD_TO.indexOf(AS_LOOSE.get(tie.holding.to) ?? tie.holding.to),
    grade: grade === undefined ? 0.5 : GRADES.indexOf(grade),
    anchored: tie.anchored,
    covers: tie.coversEveryAnchor,
    admits: tie.admits,
  };
}

const ALONE = ALLOWS.map(([name, statement]) => ({ name, statement, alone: loosenessOf(statement) }));

describe('what one statement lets in no other one beside it takes back', () => {
  it.each(ALONE)('$name', ({ statement, alone }) => {
    for (const { name, statement: other, alone: beside } of ALONE) {
      const both = loosenessOf(statement, other);
      expect(both.held, name).toBeLessThanOrEqual(Math.min(alone.held, beside.held));
      expect(both.grade, name).toBeLessThanOrEqual(Math.min(alone.grade, beside.grade));
      if (alone.anchored === false) expect(both.anchored, name).toBe(false);
      if (alone.covers === true) expect(both.covers, name).toBe(true);
      if (alone.admits === true) expect(both.admits, name).toBe(true);
    }
  });
});
