import { type Field, field } from '../field.ts';

const PROFILE = 'rolesanywhere:ListProfiles';
const INLINE = `${PROFILE} sessionPolicy`;
const POLICIES = `${INLINE}, managedPolicyArns`;

/** What a profile's document says of its session policies. */
export const PROFILE_SESSION_POLICY_FIELDS: readonly Field[] = [
  field(
    'profile.session_policy.present',
    'boolean',
    'Whether an inline or managed session policy limits its sessions.',
    POLICIES,
  ),
  field('profile.session_policy.inline', 'boolean', 'Whether there is an inline one.', INLINE),
  field(
    'profile.session_policy.sha256',
    'keyword',
    "SHA-256 of the inline one's text, lower-case hex.",
    `${PROFILE} sessionPolicy`,
  ),
  field('profile.session_policy.managed_arns', 'keyword', 'The managed ones.', `${PROFILE} managedPolicyArns`),
  field(
    'profile.session_policy.managed_missing',
    'keyword',
    'Those of them that do not exist, or are of another account.',
    'iam:GetPolicy (NoSuchEntity)',
  ),
  field('profile.session_policy.valid', 'boolean', 'Whether the inline one is a policy that STS takes.', INLINE),
  field('profile.session_policy.problem', 'keyword', 'Why it is none, and where.', INLINE),
  field('profile.session_policy.characters', 'long', 'How many characters the inline one has.', INLINE),
  field('profile.session_policy.too_large', 'boolean', 'Whether they are more than STS takes.', POLICIES),
  field('profile.session_policy.too_large_because', 'keyword', 'The same in words.', POLICIES),
  field(
    'profile.session_policy.allows_everything',
    'boolean',
    'Whether they allow everything on everything, and deny nothing.',
    `${POLICIES}, iam:GetPolicyVersion`,
  ),
  field(
    'profile.session_policy.allows_nothing',
    'boolean',
    'Whether no statement of them allows anything.',
    `${POLICIES}, iam:GetPolicyVersion`,
  ),
  field(
    'profile.session_policy.undoes',
    'keyword',
    'Other profiles whose session policies narrow a role that this one hands out wider, as far as is certain.',
    POLICIES,
  ),
  field(
    'profile.policy_lints.kind',
    'keyword',
    'Where its session policies do not mean what they look like.',
    POLICIES,
  ),
  field('profile.policy_lints.evidence', 'keyword', 'The same, one line each.', POLICIES),
];
