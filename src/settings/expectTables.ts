import type { ExpectedKind } from './expectations.ts';

/** What a key of an `[[expect.…]]` table holds. */
export type ValueType =
  | 'text'
  | 'region'
  | 'account'
  | 'boolean'
  | 'seconds'
  | 'sha256'
  | 'grade'
  | 'cas'
  | 'role ARNs'
  | 'anchor ARNs'
  | 'texts';

export interface ExpectKey {
  readonly name: string;
  readonly type: ValueType;
  /** Otherwise what is not said is not compared. */
  readonly required?: true;
  /** One sentence for the reference. */
  readonly says: string;
}

const ACCOUNT: ExpectKey = {
  name: 'account',
  type: 'account',
  says: 'Only in this account; without it, in whatever account is looked at.',
};
const REGION: ExpectKey = { name: 'region', type: 'region', required: true, says: 'Where it is.' };
const ENABLED: ExpectKey = { name: 'enabled', type: 'boolean', says: 'Whether it is enabled.' };

/** The keys of each `[[expect.…]]` table, in the order in which `postern expect` writes them. */
export const EXPECT_TABLES: Readonly<Record<ExpectedKind, readonly ExpectKey[]>> = {
  trust_anchor: [
    { name: 'name', type: 'text', required: true, says: "The trust anchor's name." },
    REGION,
    ACCOUNT,
    ENABLED,
    { name: 'cas', type: 'cas', says: 'Its CAs, these and no others.' },
  ],
  profile: [
    { name: 'name', type: 'text', required: true, says: "The profile's name." },
    REGION,
    ACCOUNT,
    ENABLED,
    { name: 'roles', type: 'role ARNs', says: 'The roles it lists, these and no others.' },
    { name: 'session_policy', type: 'boolean', says: 'Whether it has a session policy, inline or managed.' },
    {
      name: 'session_policy_sha256',
      type: 'sha256',
      says: "SHA-256 of its inline session policy's text, as `profile.session_policy.sha256` has it.",
    },
    { name: 'managed_policies', type: 'texts', says: 'ARNs of its managed session policies, these and no others.' },
    { name: 'accepts_session_name', type: 'boolean', says: 'Whether callers may choose the name of their session.' },
    {
      name: 'mappings',
      type: 'texts',
      says: 'What of a certificate becomes session tags (`x509Subject/*`), this and nothing else.',
    },
    { name: 'max_session_seconds', type: 'seconds', says: 'How long its sessions last at most.' },
  ],
  role: [
    { name: 'name', type: 'text', required: true, says: "The role's name, without its path." },
    ACCOUNT,
    { name: 'anchors', type: 'anchor ARNs', says: 'The trust anchors whose certificates may enter, no others.' },
    {
      name: 'certificates',
      type: 'texts',
      says: 'Which certificates may enter, no others, in the words of `path.anchors.certificates`, those in full where there are any.',
    },
    { name: 'grade', type: 'grade', says: 'How tightly they are held at the least, see `path.gate.grade`.' },
  ],
};

export const EXPECTED_KINDS = Object.keys(EXPECT_TABLES) as readonly ExpectedKind[];
