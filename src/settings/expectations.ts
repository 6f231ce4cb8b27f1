import type { Grade } from '../iam/gate/grade.ts';

/** What an account is expected to hold, as `[[expect.…]]` tables declare it. A kind of which none is declared is not compared. */
export interface Expectations {
  readonly trust_anchor: readonly ExpectedAnchor[];
  readonly profile: readonly ExpectedProfile[];
  readonly role: readonly ExpectedRole[];
}

export type ExpectedKind = keyof Expectations;

export const NO_EXPECTATIONS: Expectations = { trust_anchor: [], profile: [], role: [] };

/** What a declaration is about. What it leaves out below is not compared. */
interface Named {
  readonly name: string;
  /** Twelve digits; undefined: whatever account is looked at. */
  readonly account?: string | undefined;
}

interface Regional extends Named {
  readonly region: string;
  readonly enabled?: boolean | undefined;
}

export interface ExpectedAnchor extends Regional {
  /** Fingerprints of certificates, or the ARN of a private CA: these and no others. */
  readonly cas?: readonly string[] | undefined;
}

export interface ExpectedProfile extends Regional {
  /** ARNs: these and no others. */
  readonly roles?: readonly string[] | undefined;
  /** Whether there is one, inline or managed. */
  readonly session_policy?: boolean | undefined;
  /** Of the inline one's text, lower-case hex. */
  readonly session_policy_sha256?: string | undefined;
  /** ARNs: these and no others. */
  readonly managed_policies?: readonly string[] | undefined;
  readonly accepts_session_name?: boolean | undefined;
  /** `x509Subject/CN`: these and no others. */
  readonly mappings?: readonly string[] | undefined;
  /** At most. */
  readonly max_session_seconds?: number | undefined;
}

export interface ExpectedRole extends Named {
  /** ARNs of trust anchors: certificates of no others may enter. */
  readonly anchors?: readonly string[] | undefined;
  /** Which certificates may enter, in the words of `path.anchors.certificates`, in full: no others. */
  readonly certificates?: readonly string[] | undefined;
  /** How tightly they are held at the least. */
  readonly grade?: Grade | undefined;
}
