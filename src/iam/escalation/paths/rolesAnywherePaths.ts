import type { EscalationPath, GateKind, GateTarget, Gives } from '../path.ts';
import { on, passRoleTo } from './permission.ts';

const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

/** By the middle of their ARNs. */
const TYPES = {
  'trust anchor': 'trust-anchor',
  'disabled trust anchor': 'trust-anchor',
  profile: 'profile',
  CRL: 'crl',
  'enabled CRL': 'crl',
} as const;

/**
 * Through Roles Anywhere itself; no public list has these. CreateProfile, UpdateProfile and EnableProfile ask for
 * iam:PassRole, nothing else here does (service authorization reference). Any profile will do, for it is the role that counts.
 */
export const rolesAnywherePaths: readonly EscalationPath[] = [
  passing({
    id: 'rolesanywhere-001',
    actions: ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:CreateProfile'],
    says: "Makes a trust anchor of the session's own CA and a profile with a role whose trust policy names no anchor.",
  }),
  passing({
    id: 'rolesanywhere-002',
    actions: ['rolesanywhere:CreateProfile'],
    says: 'Makes a profile with another role, for a certificate that gets in already.',
  }),
  passing({
    id: 'rolesanywhere-003',
    actions: ['rolesanywhere:UpdateProfile'],
    says: 'Adds another role to a profile, or takes away the session policy that holds its roles back.',
  }),
  passing({
    id: 'rolesanywhere-004',
    dormant: true,
    actions: ['rolesanywhere:EnableProfile'],
    says: 'Enables a profile that was switched off, for a certificate that gets in already.',
  }),
  {
    id: 'rolesanywhere-005',
    category: 'rolesanywhere',
    published: false,
    permissions: on('any', 'rolesanywhere:CreateTrustAnchor'),
    target: { kind: 'none' },
    gives: 'entry',
    says: "Makes a trust anchor of the session's own CA, which opens every profile role whose trust policy names no anchor.",
  },
  opening({
    id: 'rolesanywhere-006',
    action: 'rolesanywhere:UpdateTrustAnchor',
    gives: 'entry',
    target: gate('a trust anchor', 'trust anchor'),
    says: "Puts the session's own CA behind a trust anchor that roles already name.",
  }),
  opening({
    id: 'rolesanywhere-007',
    action: 'rolesanywhere:EnableTrustAnchor',
    target: gate('a disabled trust anchor', 'disabled trust anchor'),
    says: 'Enables a trust anchor that was switched off, and the certificates of its CA get in again.',
  }),
  opening({
    id: 'rolesanywhere-008',
    action: 'rolesanywhere:PutAttributeMapping',
    target: gate('a profile', 'profile'),
    says: 'Maps more certificate fields to session tags, so that conditions on those tags can be met.',
  }),
  opening({
    id: 'rolesanywhere-009',
    action: 'rolesanywhere:DeleteAttributeMapping',
    target: gate('a profile', 'profile'),
    says: 'Takes away a session tag, and with it the conditions that hold when the tag is missing.',
  }),
  opening({
    id: 'rolesanywhere-010',
    action: 'rolesanywhere:DeleteCrl',
    target: gate('a CRL', 'CRL'),
    says: 'Deletes a CRL, and the certificates revoked by it get in again.',
  }),
  opening({
    id: 'rolesanywhere-011',
    action: 'rolesanywhere:DisableCrl',
    target: gate('an enabled CRL', 'enabled CRL'),
    says: 'Disables a CRL, and the certificates revoked by it get in again.',
  }),
  opening({
    id: 'rolesanywhere-012',
    action: 'rolesanywhere:UpdateCrl',
    target: gate('a CRL', 'CRL'),
    says: 'Puts an older CRL in place of the present one, and certificates revoked since get in again.',
  }),
  {
    id: 'rolesanywhere-013',
    category: 'rolesanywhere',
    published: false,
    permissions: on('target-resource', 'acm-pca:IssueCertificate', 'acm-pca:GetCertificate'),
    target: {
      kind: 'gate',
      what: 'a private CA behind a trust anchor',
      template: 'arn:*:acm-pca:*:*:certificate-authority/*',
      of: 'authority',
    },
    gives: 'entry',
    says: 'Has the CA behind a trust anchor issue a certificate with a subject of its choice.',
  },
];

interface Passing {
  readonly id: string;
  readonly actions: readonly string[];
  /** Unless the row says otherwise, any profile or none will do. */
  readonly dormant?: boolean;
  readonly says: string;
}

function passing({ id, actions, dormant = false, says }: Passing): EscalationPath {
  return {
    id,
    category: 'rolesanywhere',
    published: false,
    permissions: [passRoleTo(ROLES_ANYWHERE), ...on('any', ...actions)],
    target: { kind: 'role', trusts: [ROLES_ANYWHERE], dormant },
    gives: 'target',
    says,
  };
}

interface Opening {
  readonly id: string;
  readonly action: string;
  readonly target: GateTarget;
  /** `gate` unless the row says otherwise. */
  readonly gives?: Gives;
  readonly says: string;
}

function opening({ id, action, target, gives = 'gate', says }: Opening): EscalationPath {
  const permissions = on('target-resource', action);
  return { id, category: 'rolesanywhere', published: false, permissions, target, gives, says };
}

function gate(what: string, of: Exclude<GateKind, 'authority'>): GateTarget {
  return { kind: 'gate', what, template: `arn:*:rolesanywhere:*:*:${TYPES[of]}/*`, of };
}
