import { type Field, field } from '../field.ts';
import { PROFILE_IDENTITY_FIELDS } from '../profile/profileFields.ts';

const TRUST = 'iam:GetRole AssumeRolePolicyDocument';
const PEM = 'rolesanywhere:ListTrustAnchors x509CertificateData, acm-pca:GetCertificateAuthorityCertificate';
const GATE = `${TRUST}, rolesanywhere:ListProfiles attributeMappings, rolesanywhere:ListTrustAnchors`;
const POLICIES = "the role's policies, its boundary and the profile's session policies";
const PROFILE = 'rolesanywhere:ListProfiles';

/** What a session can do: the same fields under `path` (a session through one profile) and `role` (the role by itself). */
export function accessFields(prefix: 'path' | 'role'): readonly Field[] {
  const of = (name: string) => `${prefix}.${name}`;
  return [
    field(of('access.admin'), 'boolean', 'Whether it may do everything on everything, by inclusion.', POLICIES),
    field(
      of('access.admin_equivalent'),
      'boolean',
      'Whether it is an administrator or can make itself one, by its own policies or over any number of other roles; unknown where that hangs on a condition or on policies that were not read.',
      POLICIES,
    ),
    field(
      of('access.standing'),
      'keyword',
      'The same in one word: admin, admin_equivalent, unsettled (it cannot be said) or limited.',
      POLICIES,
    ),
    field(of('access.admin_by'), 'keyword', 'The escalation paths that make it as good as one.', POLICIES),
    field(of('access.admin_if'), 'keyword', 'The conditions that the answer hangs on.', POLICIES),
    field(of('access.refuses'), 'keyword', 'A request that it may not make.', POLICIES),
    field(of('access.actions.possible'), 'long', 'Documented actions it may be allowed on some resource.', POLICIES),
    field(of('access.actions.certain'), 'long', 'Those it is allowed for certain.', POLICIES),
    ...['read', 'write', 'list', 'tagging', 'permissions_management'].map(level =>
      field(of(`access.levels.${level}`), 'long', `Those of AWS's access level ${level.replace('_', ' ')}.`, POLICIES),
    ),
    field(of('access.services'), 'keyword', 'Services of which it may do everything on everything.', POLICIES),
    field(
      of('access.data_read.count'),
      'long',
      "Actions it may be allowed that read customers' stored data.",
      POLICIES,
    ),
    field(of('access.data_read.actions'), 'keyword', 'The first of them.', POLICIES),
    field(
      of('access.credential_exposure.count'),
      'long',
      'Actions it may be allowed that hand out credentials.',
      POLICIES,
    ),
    field(of('access.credential_exposure.actions'), 'keyword', 'The first of them.', POLICIES),
    field(
      of('access.resource_exposure.count'),
      'long',
      'Actions it may be allowed that open resources to others.',
      POLICIES,
    ),
    field(of('access.resource_exposure.actions'), 'keyword', 'The first of them.', POLICIES),
    field(of('access.unread'), 'keyword', 'Policies that could not be read or parsed.', POLICIES),
    field(
      of('escalation.id'),
      'keyword',
      'Escalation paths that stand open, the minimal ones; docs/escalation.md tells what each of them is.',
      POLICIES,
    ),
    field(of('escalation.possible'), 'keyword', 'Those that stand open if a condition holds.', POLICIES),
    field(of('escalation.also'), 'keyword', 'Longer ones that lead to the same target and give no more.', POLICIES),
    field(of('escalation.latent'), 'keyword', 'Those that lack nothing but a target.', POLICIES),
    field(
      of('escalation.target'),
      'keyword',
      'ARNs of the roles that those open for certain lead to, and of what they open of Roles Anywhere.',
      POLICIES,
    ),
    field(
      of('escalation.evidence'),
      'keyword',
      'What each does, with its permissions, statements and targets; those that make an administrator come first.',
      POLICIES,
    ),
    field(of('lateral.role'), 'keyword', 'Roles it can go on to by sts:AssumeRole, over any number of hops.', POLICIES),
  ];
}

export const PATH_FIELDS: readonly Field[] = [
  ...PROFILE_IDENTITY_FIELDS,
  field('role.arn', 'keyword', "The role's ARN.", `${PROFILE} roleArns`),
  field('role.name', 'keyword', "The role's name.", `${PROFILE} roleArns`),
  field('role.missing', 'boolean', 'Whether there is no such role.', 'iam:GetRole (NoSuchEntity)'),
  field(
    'path.open',
    'boolean',
    'Whether some certificate gets a session this way today; a CA counts that was not read or begins later, for its gates open by themselves.',
    `${GATE}, ${PEM}`,
  ),
  field('path.anchors.arn', 'keyword', "The trust anchors of the profile's region.", GATE),
  field('path.anchors.name', 'keyword', 'Their names.', GATE),
  field('path.anchors.enabled', 'boolean', 'Whether each is enabled.', GATE),
  field(
    'path.anchors.validity',
    'keyword',
    'Whether a CA of it is within its dates: current; outside where none is, so that AWS takes no certificate of it; or unread.',
    PEM,
  ),
  field('path.anchors.open', 'boolean', "Whether the role's trust policy lets some certificate of it in.", GATE),
  field('path.anchors.grade', 'keyword', 'How loosely, see path.gate.grade.', GATE),
  field('path.anchors.certificates', 'keyword', 'Which certificates, in words.', GATE),
  field(
    'path.anchors.certificates_in_full',
    'keyword',
    'The same with nothing left out, where those leave some out.',
    GATE,
  ),
  field(
    'path.gate.grade',
    'keyword',
    'How tightly certificates are held: any_anchor, any_of_ca, ineffective, wildcard, attribute or impossible. The loosest way in counts, be it certain or not.',
    GATE,
  ),
  field('path.gate.certificates', 'keyword', 'Which certificates may enter, in words.', GATE),
  field('path.gate.reasons', 'keyword', 'Why the gate is not what it looks like.', GATE),
  field(
    'path.gate.unmapped',
    'keyword',
    'Parts of the certificate that are asked for and that the profile does not map.',
    GATE,
  ),
  field('path.gate.evidence', 'keyword', 'The same in words.', GATE),
  ...accessFields('path'),
  field('path.session_policy.present', 'boolean', 'Whether the profile has a session policy.', PROFILE),
  field(
    'path.session_policy.allows_everything',
    'boolean',
    'Whether it lets everything through as it stands, see profile.session_policy.allows_everything.',
    POLICIES,
  ),
  field('path.session_policy.removes', 'boolean', 'Whether it takes anything away from the role.', POLICIES),
  field('path.session_policy.removes_for_example', 'keyword', 'A request that it takes away.', POLICIES),
  field('path.session_policy.leaves_nothing', 'boolean', 'Whether it allows nothing at all.', POLICIES),
  field('path.boundary.present', 'boolean', 'Whether the role has a permissions boundary.', 'iam:GetRole'),
  field('path.boundary.removes', 'boolean', 'Whether it takes anything away from the role.', POLICIES),
  field('path.boundary.removes_for_example', 'keyword', 'A request that it takes away.', POLICIES),
  field('path.boundary.leaves_nothing', 'boolean', 'Whether it allows nothing at all.', POLICIES),
  field('path.layers.identity', 'long', "Actions that the role's policies may let through.", POLICIES),
  field('path.layers.boundary', 'long', 'Actions that its boundary may let through.', POLICIES),
  field('path.layers.session', 'long', 'Actions that the session policies may let through.', POLICIES),
  field(
    'path.lateral.escapes_session_policy',
    'boolean',
    'Whether a session policy is left behind by going on to another role.',
    POLICIES,
  ),
];
