import { type Field, field } from '../field.ts';

const PROFILE = 'rolesanywhere:ListProfiles';
const ROLE = 'iam:GetRole';
const TRUST = `${ROLE} AssumeRolePolicyDocument`;
const DETAILS =
  'iam:GetAccountAuthorizationDetails, iam:ListAttachedRolePolicies, iam:ListRolePolicies, iam:GetRolePolicy, iam:GetPolicyVersion';

/** What a profile's document says of the roles that it lists. */
export const PROFILE_ROLE_FIELDS: readonly Field[] = [
  field('profile.roles.count', 'long', 'How many roles it lists.', `${PROFILE} roleArns`),
  field('profile.roles.usable_count', 'long', 'How many of them exist, in this account.', ROLE),
  field('profile.roles.missing', 'keyword', 'Listed roles that do not exist.', `${ROLE} (NoSuchEntity)`),
  field('profile.roles.staying', 'keyword', 'Listed roles but for those.', `${ROLE} (NoSuchEntity)`),
  field('profile.roles.unread', 'keyword', 'Listed roles that could not be read.', ROLE),
  field('profile.roles.cross_account', 'keyword', 'Listed roles of another account.', `${PROFILE} roleArns`),
  field('profile.roles.admin', 'keyword', 'Listed roles that are administrators, see role.admin.', DETAILS),
  field(
    'profile.roles.standing',
    'keyword',
    'What its sessions are, each word once: admin, admin_equivalent, escalating (a way up stands open, see path.escalation.id), unsettled, limited, unread or missing; always known.',
    `${DETAILS}, ${TRUST}`,
  ),
  field(
    'profile.roles.privileged',
    'keyword',
    'Listed roles whose sessions through it are administrators, or can make themselves such, see path.access.standing.',
    DETAILS,
  ),
  field(
    'profile.roles.privileged_open',
    'keyword',
    'Those of them that some certificate gets a session of through it today, see path.open.',
    `${DETAILS}, ${TRUST}`,
  ),
  field('profile.roles.privileged_by', 'keyword', 'What makes them so, one line each.', DETAILS),
  field(
    'profile.roles.privileged_grade',
    'keyword',
    'How tightly certificates are held on the way to them, see path.gate.grade.',
    TRUST,
  ),
  field('profile.roles.privileged_certificates', 'keyword', 'Which certificates get there, in words.', TRUST),
  field('profile.roles.trusting', 'keyword', 'Listed roles whose trust policy lets Roles Anywhere in.', TRUST),
  field('profile.roles.not_trusting', 'keyword', 'Listed roles whose trust policy does not.', TRUST),
  field('profile.roles.unconditioned', 'keyword', 'Listed roles that let it in without any condition.', TRUST),
  field(
    'profile.roles.session_name_unbound',
    'keyword',
    "Listed roles that let it in and whose trust policy asks nothing of the session's name.",
    TRUST,
  ),
  field(
    'profile.roles.session_name_bound',
    'keyword',
    "Listed roles that let it in and whose trust policy asks something of the session's name.",
    TRUST,
  ),
  field(
    'profile.roles.session_name_call',
    'keyword',
    'The call of the AWS CLI, word by word, after which no caller chooses a name; of the first unbound role where another role may be bound.',
    TRUST,
  ),
  field(
    'profile.roles.session_name_refused',
    'keyword',
    'Listed roles whose trust policy wants the session named after the certificate, where the profile has the serial number for a name.',
    `${TRUST}, ${PROFILE} acceptRoleSessionName`,
  ),
  field(
    'profile.roles.shorter_than_session',
    'keyword',
    "Listed roles whose longest session is shorter than the profile's.",
    `${ROLE} MaxSessionDuration, ${PROFILE} durationSeconds`,
  ),
];
