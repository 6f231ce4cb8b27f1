import type {
  Expectations,
  ExpectedAnchor,
  ExpectedKind,
  ExpectedProfile,
  ExpectedRole,
} from '../../settings/expectations.ts';
import { compare } from '../../snapshot/compare.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Document } from '../document.ts';
import { isUnknownAt, textAt, valueAt } from '../path.ts';
import { enteringRoles } from './expected.ts';
import {
  certificatesIn,
  type Entering,
  managedPoliciesIn,
  mappingsIn,
  type Present,
  privateCaIn,
  rolesIn,
} from './present.ts';

/** What accounts hold, declared as it is. */
export interface Declared {
  readonly expect: Expectations;
  /** What could not be declared, and why. */
  readonly notes: readonly string[];
}

/** Sorted by account, region and name. What is not known of something is left out of its declaration, and noted. */
export function declaredBy(snapshot: Snapshot, documents: readonly Document[]): Declared {
  const notes: string[] = [];
  const expect = {
    trust_anchor: declaring('trust_anchor', documents, notes, anchorOf),
    profile: declaring('profile', documents, notes, profileOf),
    role: rolesIntoTables(snapshot, documents, notes),
  };
  return { expect, notes };
}

/** Of a role that AWS keeps itself nobody decides who enters. */
function rolesIntoTables(snapshot: Snapshot, documents: readonly Document[], notes: string[]): ExpectedRole[] {
  const paths = documents.filter(({ kind }) => kind === 'path');
  const entering = new Map(
    snapshot.accounts.map(account => {
      const own = paths.filter(({ resource }) => resource.account === account.id);
      return [account.id, enteringRoles({ paths: own }, account)] as const;
    }),
  );
  const roles = documents.filter(({ body }) => valueAt(body, 'role.service_linked') === false);
  return declaring('role', roles, notes, (document, unknown) =>
    roleOf(document, entering.get(document.resource.account)!(document.body), unknown),
  );
}

type NotKnown = (what: string) => undefined;

function declaring<Table>(
  kind: ExpectedKind,
  documents: readonly Document[],
  notes: string[],
  tableOf: (document: Document, unknown: NotKnown) => Table,
): Table[] {
  const seen = new Set<string>();
  return documents
    .filter(document => document.kind === kind)
    .toSorted((a, b) => compare(placeOf(a), placeOf(b)) || compare(a.resource.id, b.resource.id))
    .flatMap(document => {
      const { resource } = document;
      const note = (text: string) => {
        notes.push(`${kind.replace('_', ' ')} ${resource.id}: ${text}`);
        return undefined;
      };
      if (seen.has(placeOf(document))) {
        note('another of its name is declared, so that it cannot be');
        return [];
      }
      seen.add(placeOf(document));
      return [tableOf(document, what => note(`${what} not known, and left out`))];
    });
}

function placeOf({ resource: { account, region, name } }: Document): string {
  return `${account} ${region} ${name}`;
}

function anchorOf({ resource, body }: Document, unknown: NotKnown): ExpectedAnchor {
  const { name, region, account } = resource;
  const arn = privateCaIn(body);
  const cas = arn === undefined ? known(certificatesIn(body), () => unknown('its CA is')) : [arn];
  return { name, region, account, enabled: valueAt(body, 'trust_anchor.enabled') === true, cas };
}

function profileOf({ resource, body }: Document, unknown: NotKnown): ExpectedProfile {
  const { name, region, account } = resource;
  const seconds = valueAt(body, 'profile.duration_seconds');
  return {
    name,
    region,
    account,
    enabled: valueAt(body, 'profile.enabled') === true,
    roles: known(rolesIn(body), () => unknown('its roles are')),
    session_policy: isUnknownAt(body, 'profile.session_policy.present')
      ? unknown('whether it has a session policy is')
      : valueAt(body, 'profile.session_policy.present') === true,
    session_policy_sha256: textAt(body, 'profile.session_policy.sha256'),
    managed_policies: known(managedPoliciesIn(body), () => unknown('its managed session policies are')),
    accepts_session_name: isUnknownAt(body, 'profile.accept_role_session_name')
      ? unknown('whether callers may choose the name of their session is')
      : valueAt(body, 'profile.accept_role_session_name') === true,
    mappings: known(mappingsIn(body), () => unknown('what becomes session tags is')),
    max_session_seconds: typeof seconds === 'number' ? seconds : unknown('how long its sessions last is'),
  };
}

function roleOf({ resource }: Document, entering: Entering, unknown: NotKnown): ExpectedRole {
  const { name, account } = resource;
  const { anchors, certificates, grade, gradeKnown } = entering;
  return {
    name,
    account,
    anchors: known(anchors, () => unknown('by which trust anchors certificates enter is')),
    certificates: known(certificates, () => unknown('which certificates enter is')),
    grade: gradeKnown ? grade : unknown('how tightly certificates are held is'),
  };
}

function known({ values, complete }: Present, unknown: () => undefined): readonly string[] | undefined {
  return complete ? values : unknown();
}
