import { groupedBy } from '../../lists.ts';
import type { Expectations } from '../../settings/expectations.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isCompleteEverywhere } from '../context.ts';
import type { Document, JsonObject } from '../document.ts';
import { bodyOf, type Facts, partly } from '../facts.ts';
import { mappingsOf } from '../iam/iam.ts';
import { textAt } from '../path.ts';
import { withMore } from '../unknown.ts';
import { anchorDifferences, type Differences, profileDifferences, roleDifferences } from './differs.ts';
import { missingIn } from './missing.ts';
import { type Entering, enteringBy } from './present.ts';

/** The documents of one account that can be declared, and of its paths. */
export interface AccountDocuments {
  readonly trustAnchors: readonly Document[];
  readonly profiles: readonly Document[];
  readonly roles: readonly Document[];
  readonly paths: readonly Document[];
  readonly account: Document;
}

/**
 * The documents with what `postern.toml` declares held against them, under `<kind>.expected`. A kind of which nothing is declared
 * for the account stays as it is.
 */
export function withExpected<Documents extends AccountDocuments>(
  documents: Documents,
  account: AccountSnapshot,
  all: Expectations,
): Documents {
  const expect = expectedOf(account, all);
  const { trust_anchor, profile, role } = expect;
  if (trust_anchor.length + profile.length + role.length === 0) return documents;
  const entering = enteringRoles(documents, account);
  return {
    ...documents,
    trustAnchors: compared(documents.trustAnchors, trust_anchor, (body, each) => anchorDifferences(body, each)),
    profiles: compared(documents.profiles, profile, (body, each) => profileDifferences(body, each)),
    roles: compared(documents.roles, role, (body, each) => roleDifferences(entering(body), each)),
    account: withFacts(documents.account, { missing: listOf(missingIn(account, expect)) }),
  };
}

/** What is declared for this account, or for whatever account is looked at. */
function expectedOf({ id }: AccountSnapshot, { trust_anchor, profile, role }: Expectations): Expectations {
  const isHere = ({ account }: { readonly account?: string | undefined }) => account === undefined || account === id;
  return {
    trust_anchor: trust_anchor.filter(isHere),
    profile: profile.filter(isHere),
    role: role.filter(isHere),
  };
}

interface Declaration {
  readonly name: string;
  readonly region?: string;
  readonly account?: string | undefined;
}

function compared<Declared extends Declaration>(
  documents: readonly Document[],
  declared: readonly Declared[],
  differences: (body: JsonObject, declared: Declared) => Differences,
): readonly Document[] {
  if (declared.length === 0) return documents;
  // One that names the account goes before one for any.
  const byKey = new Map(declared.toSorted(anyAccountFirst).map(each => [keyOf(each.name, each.region), each]));
  const count = countsOf(documents);
  return documents.map(document => {
    const key = keyOfDocument(document);
    const found = byKey.get(key);
    if (found === undefined) return withFacts(document, { declared: false });
    const { certain, complete } = differences(document.body, found);
    const same = count.get(key) ?? 1;
    const namesakes = same > 1 ? [`is one of ${same} of that name, declared is one`] : [];
    return withFacts(document, { declared: true, differs: listOf({ certain: [...certain, ...namesakes], complete }) });
  });
}

function anyAccountFirst(a: Declaration, b: Declaration): number {
  return Number(a.account !== undefined) - Number(b.account !== undefined);
}

function keyOf(name: string, region = 'global'): string {
  return `${region} ${name}`;
}

/** IAM has no two roles of one name. */
function keyOfDocument({ resource: { name, region } }: Document): string {
  return keyOf(name, region);
}

function countsOf(documents: readonly Document[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const document of documents) counts.set(keyOfDocument(document), (counts.get(keyOfDocument(document)) ?? 0) + 1);
  return counts;
}

/** Who may get to a role, by its document's body. */
export function enteringRoles(
  { paths }: Pick<AccountDocuments, 'paths'>,
  account: AccountSnapshot,
): (body: JsonObject) => Entering {
  const roleOf = (body: JsonObject) => textAt(body, 'role.arn') ?? '';
  const bodies = paths.map(({ body }) => body);
  const byRole = groupedBy(bodies, roleOf);
  const complete = isCompleteEverywhere(account, 'profiles');
  const knownProfiles = new Set(account.regions.flatMap(knownProfilesIn));
  return body => enteringBy(byRole.get(roleOf(body)) ?? [], { complete, knownProfiles });
}

function knownProfilesIn({ profiles }: RegionSnapshot): readonly string[] {
  return profiles
    .filter(profile => mappingsOf(profile) !== undefined && profile.acceptRoleSessionName !== undefined)
    .map(({ profileArn }) => profileArn);
}

function listOf({ certain, complete }: Differences) {
  return complete ? certain : partly(certain);
}

/** The document with more facts under `<kind>.expected`. */
function withFacts(document: Document, expected: Facts): Document {
  const { kind, body } = document;
  const { unknown, ...more } = bodyOf({ [kind]: { expected } });
  const members = more[kind] as JsonObject;
  return { ...document, body: withMore(body, { to: kind, members, unknown: unknown as readonly string[] }) };
}
