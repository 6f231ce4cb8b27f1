import type { AccountSnapshot } from '../../snapshot/snapshot.ts';
import { type Fact, type Facts, later, partly, UNKNOWN } from '../facts.ts';
import type { Everybody } from './everybody.ts';
import { tagPairs } from './iam.ts';
import type { X509Use } from './x509Use.ts';

/** A tag key that passes for an attribute of a certificate; the case of tag keys does not matter (IAM user guide, "Tagging"). */
function isX509Key(key: string): boolean {
  return /^x509(subject|issuer|san)/i.test(key);
}

/** Of a role: its tags that pass for a certificate's, and where it has one, the policies that such a tag could fool. */
export function ownX509Facts(tags: Pairs | undefined, everybody: Everybody | undefined): Facts {
  const keys = tags?.map(([key]) => key).filter(isX509Key);
  if (keys === undefined) return { x509_tags: UNKNOWN, x509_tag_policies: UNKNOWN };
  if (keys.length === 0) return { x509_tags: keys, x509_tag_policies: [] };
  return { x509_tags: keys, x509_tag_policies: everybody === undefined ? UNKNOWN : later(() => policiesBy(everybody)) };
}

type Pairs = readonly (readonly [string, string])[];

function policiesBy(everybody: Everybody) {
  const { policies, complete } = everybody.tagUse();
  return complete ? policies : partly(policies);
}

/** `carriers`: users, and roles that no document tells of, with a tag of their own that passes for a certificate's. */
export function x509TagFacts(account: AccountSnapshot, { policies, trusts, complete }: X509Use): Facts {
  const list = (values: readonly string[]): Fact => (complete ? values : partly(values));
  return { policies: list(policies), trusts: list(trusts), carriers: carriersIn(account) };
}

function carriersIn({ users = [], otherRoles = [] }: AccountSnapshot): Fact {
  const tagged = [
    ...users.map(({ Arn, Tags }) => ({ arn: Arn, tags: (Tags ?? []).map(({ Key }) => Key) })),
    ...otherRoles.map(role => ({ arn: role.Arn, tags: tagPairs(role)?.map(([key]) => key) })),
  ];
  const arns = tagged.filter(({ tags }) => tags?.some(isX509Key)).map(({ arn }) => arn);
  return tagged.some(({ tags }) => tags === undefined) ? partly(arns.sort()) : arns.sort();
}
