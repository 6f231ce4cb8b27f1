import { type AdminFacts, adminFacts, type RolePolicy } from '../iam/admin.ts';
import { readPolicy } from '../iam/policy.ts';
import { type TrustFacts, trustFacts } from '../iam/trust.ts';
import type { ManagedPolicyDetail, RoleDetail } from '../snapshot/shapes.ts';
import type { AccountSnapshot } from '../snapshot/snapshot.ts';
import { mayLackRoles } from './context.ts';

/** What is worked out of one role once and used by its own document and by those of the profiles that name it. */
export interface RoleFacts {
  readonly role: RoleDetail;
  readonly admin: AdminFacts;
  /** Undefined: the trust policy is not there or cannot be parsed. */
  readonly trust: TrustFacts | undefined;
  /** Which calls for this role failed. */
  readonly unread: ReadonlySet<string>;
}

/** A role as something names it. NoSuchEntity is an answer: a role nobody failed to read and that is not there is missing. */
export type NamedRole =
  | { readonly kind: 'found'; readonly facts: RoleFacts }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unread' };

export interface Iam {
  readonly roles: readonly RoleFacts[];
  /** Looks a role up by its ARN. */
  named(arn: string): NamedRole;
}

export function iamOf(account: AccountSnapshot): Iam {
  const documents = new Map(account.policies.map(policy => [policy.Arn, defaultDocument(policy)]));
  const roles = account.roles.map(role => roleFacts(account, role, documents));
  const byArn = new Map(roles.map(facts => [facts.role.Arn, facts]));
  const unreadRoles = new Set(
    account.unread.filter(({ operation }) => operation.startsWith('iam:')).map(each => each.resource),
  );
  const gap = mayLackRoles(account);
  return {
    roles,
    named(arn) {
      const facts = byArn.get(arn);
      if (facts !== undefined) return { kind: 'found', facts };
      const foreign = accountIn(arn) !== account.id;
      const unread = gap || foreign || unreadRoles.has(arn) || unreadRoles.has(roleNameIn(arn));
      return { kind: unread ? 'unread' : 'missing' };
    },
  };
}

type PolicyDocuments = ReadonlyMap<string, unknown>;

function roleFacts(account: AccountSnapshot, role: RoleDetail, documents: PolicyDocuments): RoleFacts {
  const unread = unreadCalls(account, role);
  const trust = role.AssumeRolePolicyDocument === undefined ? undefined : readPolicy(role.AssumeRolePolicyDocument);
  return {
    role,
    unread,
    admin: adminFacts({
      policies: policiesOf(role, documents),
      complete: hasInlinePolicies(role, unread) && hasAttachedPolicies(role, unread),
      boundary: unread.has('iam:GetRole') ? undefined : role.PermissionsBoundary !== undefined,
    }),
    trust: trust?.kind === 'parsed' ? trustFacts(trust.policy) : undefined,
  };
}

function unreadCalls(account: AccountSnapshot, { Arn, RoleName }: RoleDetail): ReadonlySet<string> {
  const concerning = account.unread.filter(({ resource }) => resource === Arn || resource === RoleName);
  return new Set(concerning.map(each => each.operation));
}

export function hasInlinePolicies(role: RoleDetail, unread: ReadonlySet<string>): boolean {
  return role.RolePolicyList !== undefined && !unread.has('iam:ListRolePolicies') && !unread.has('iam:GetRolePolicy');
}

export function hasAttachedPolicies(role: RoleDetail, unread: ReadonlySet<string>): boolean {
  return role.AttachedManagedPolicies !== undefined && !unread.has('iam:ListAttachedRolePolicies');
}

function policiesOf(role: RoleDetail, documents: PolicyDocuments): readonly RolePolicy[] {
  const inline = (role.RolePolicyList ?? []).map(({ PolicyName, PolicyDocument }) => ({
    name: PolicyName,
    reading: readPolicy(PolicyDocument),
  }));
  const attached = (role.AttachedManagedPolicies ?? []).map(({ PolicyArn }) => {
    const document = documents.get(PolicyArn);
    return { name: PolicyArn, reading: document === undefined ? undefined : readPolicy(document) };
  });
  return [...attached, ...inline];
}

function defaultDocument(policy: ManagedPolicyDetail): unknown {
  const versions = policy.PolicyVersionList ?? [];
  const isDefault = (at: { VersionId: string; IsDefaultVersion?: boolean }) =>
    at.IsDefaultVersion === true || at.VersionId === policy.DefaultVersionId;
  return versions.find(isDefault)?.Document;
}

/** The fifth part of an ARN. */
function accountIn(arn: string): string | undefined {
  return arn.split(':')[4];
}

/** A role's ARN may carry a path; its name is the last part. */
function roleNameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
