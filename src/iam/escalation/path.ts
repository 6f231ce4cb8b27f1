/** One known way from a session to more than it was given. */
export interface EscalationPath {
  /**
   * pathfinding.cloud's, of its later paths too. Ours have its form: `rolesanywhere-…`, and elsewhere numbers from 901,
   * which leaves it room to count on.
   */
  readonly id: string;
  /** As pathfinding.cloud has it, where it has the path. It thinks of users too: `gives` says what a session gets. */
  readonly category: 'self-escalation' | 'principal-access' | 'new-passrole' | 'existing-passrole' | 'rolesanywhere';
  /** One of pathfinding.cloud's first 65 (December 2025). */
  readonly published: boolean;
  /** All of them are needed. iam:PassRole comes first. */
  readonly permissions: readonly Permission[];
  /** What must exist besides. */
  readonly target: Target;
  readonly gives: Gives;
  /** One sentence: what the session does and what that gives. */
  readonly says: string;
}

/**
 * - `admin`: the session can give itself anything. On its own role or policy that is anything its permissions boundary
 *   and its profile's session policy let through, for those stay; a role it makes is free of both.
 * - `own`: something that holds back the session's own role falls; what comes free is what the role's policies say.
 * - `target`: what the target has.
 * - `target-admin`: anything that the target's own permissions boundary lets through, for the session writes it there.
 * - `target-freed`: what the target's policies say, past its permissions boundary.
 * - `others`: a user or a group gets more, the session nothing until it has that user's credentials.
 * - `entry`: the session makes itself a certificate that gets in through Roles Anywhere, to a role that lets it.
 * - `gate`: a way in through Roles Anywhere opens or gets wider for somebody's certificate.
 */
export type Gives = 'admin' | 'own' | 'target' | 'target-admin' | 'target-freed' | 'others' | 'entry' | 'gate';

export interface Permission {
  /** In AWS's own case. */
  readonly action: string;
  readonly on: Reach;
  /** Of iam:PassRole: what iam:PassedToService holds. Of several, any one will do. */
  readonly passedTo?: readonly string[];
}

/**
 * - `any`: any resource the action has, or `*` when it has none: new things the session makes, and things that only help.
 * - `new-role`, `new-user`: one that the session makes, the same one for the whole path.
 * - `own-role`: the session's own role.
 * - `own-policy`: a customer-managed policy attached to the session's own role.
 * - `own-boundary`: the customer-managed policy that is its permissions boundary.
 * - `target-role`, `target-user`, `target-group`, `target-resource`: the target, the same one for the whole path.
 * - `target-policy`: a customer-managed policy attached to the target role.
 */
export type Reach =
  | 'any'
  | 'new-role'
  | 'new-user'
  | 'own-role'
  | 'own-policy'
  | 'own-boundary'
  | 'target-role'
  | 'target-policy'
  | 'target-user'
  | 'target-group'
  | 'target-resource';

/**
 * - `role`: its trust policy lets one of these services assume it. Cognito's `cognito-identity.amazonaws.com` stands
 *   there as a federated principal. `dormant`: a profile that is switched off must list it.
 * - `role-trusting-session`: its trust policy lets this session assume it.
 * - `resource`: `template` is an IAM pattern for its ARN; its role trusts one of `roleTrusts`.
 * - `gate`: something of Roles Anywhere, all of which a snapshot may hold.
 */
export type Target =
  | { readonly kind: 'none' | 'any-role' | 'role-trusting-session' | 'user' | 'group' }
  | { readonly kind: 'role'; readonly trusts: readonly string[]; readonly dormant: boolean }
  | ResourceTarget
  | GateTarget;

export interface ResourceTarget {
  readonly kind: 'resource';
  /** With its article: `a Lambda function with an execution role`. */
  readonly what: string;
  readonly template: string;
  readonly roleTrusts: readonly string[];
}

export interface GateTarget {
  readonly kind: 'gate';
  /** With its article: `a CRL`. */
  readonly what: string;
  readonly template: string;
  readonly of: GateKind;
}

/** `authority`: a private CA behind a trust anchor. */
export type GateKind = 'trust anchor' | 'disabled trust anchor' | 'profile' | 'CRL' | 'enabled CRL' | 'authority';
