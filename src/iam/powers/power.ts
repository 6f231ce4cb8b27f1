/** What somebody may do to the doors of Roles Anywhere, or to pass as who came in by them. */
export const POWERS = [
  'create_anchor',
  'change_anchor',
  'create_profile',
  'edit_mapping',
  'touch_crl',
  'spoof_x509_tags',
] as const;
export type Power = (typeof POWERS)[number];

/** Each of these actions by itself gives the power (service authorization reference, "IAM Roles Anywhere"). */
export const ACTIONS: Readonly<Record<Exclude<Power, 'spoof_x509_tags'>, readonly string[]>> = {
  create_anchor: [
    'rolesanywhere:CreateTrustAnchor',
    'rolesanywhere:UpdateTrustAnchor',
    'rolesanywhere:EnableTrustAnchor',
  ],
  change_anchor: ['rolesanywhere:UpdateTrustAnchor', 'rolesanywhere:EnableTrustAnchor'],
  create_profile: ['rolesanywhere:CreateProfile', 'rolesanywhere:UpdateProfile', 'rolesanywhere:EnableProfile'],
  edit_mapping: ['rolesanywhere:PutAttributeMapping', 'rolesanywhere:DeleteAttributeMapping'],
  touch_crl: ['rolesanywhere:DeleteCrl', 'rolesanywhere:DisableCrl', 'rolesanywhere:UpdateCrl'],
};

/** With these, on whatever trust anchor, comes a CA of one's own; to enable one brings back the CA that it had. */
export const OWN_CA: readonly string[] = ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:UpdateTrustAnchor'];
/** The same where no role takes a trust anchor that is new. */
export const REPLACED_CA: readonly string[] = ['rolesanywhere:UpdateTrustAnchor'];

/** The three that make or change profiles ask for it besides; nothing else here does. */
export const PASS_ROLE = 'iam:PassRole';

export const TAG_ACTIONS = ['iam:TagRole', 'iam:TagUser'] as const;
export const TAG_SESSION = 'sts:TagSession';
export const ASSUME_ROLE = 'sts:AssumeRole';

/** A way to write more into one's own policies, for a user, for one of its groups, for a role. */
export const OWN_POLICIES = {
  user: ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
  group: ['iam:AttachGroupPolicy', 'iam:PutGroupPolicy'],
  role: ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
} as const;

/** Whether and how somebody has a power: for certain, if conditions hold, perhaps by policies that nobody read, or not. */
export interface Hold {
  readonly kind: 'certain' | 'possible' | 'unknown' | 'no';
  /** The action and the statements, in words. */
  readonly by: string;
}

export const NOT_HELD: Hold = { kind: 'no', by: '' };

const STRONGEST = ['certain', 'possible', 'unknown', 'no'] as const;

/** One of them is enough: the strongest. */
export function anyOf(holds: Iterable<Hold>): Hold {
  let best = NOT_HELD;
  for (const hold of holds) {
    if (rank(hold) < rank(best)) best = hold;
    if (best.kind === 'certain') return best;
  }
  return best;
}

/** Both are needed: the weaker, in the words of both. */
export function bothOf(one: Hold, other: Hold): Hold {
  const weaker = rank(one) > rank(other) ? one : other;
  return weaker.kind === 'no' ? NOT_HELD : { kind: weaker.kind, by: `${one.by}; ${other.by}` };
}

function rank({ kind }: Hold): number {
  return STRONGEST.indexOf(kind);
}
