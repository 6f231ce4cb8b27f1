/** Why a gate is as it is. `kind` is for rules, `says` for people. */
export interface Reason {
  readonly kind: ReasonKind;
  /**
   * `opens`: what looks like a restriction restricts nothing. `closes`: it keeps everybody out. `unknown`: it cannot be
   * said. `note`: it does what it says, and there is something to know about it.
   */
  readonly effect: 'opens' | 'closes' | 'unknown' | 'note';
  /** The condition key, the action, the part of the certificate (`subject CN`) or the principal in words that it is about. */
  readonly about: string | undefined;
  readonly says: string;
}

export type ReasonKind =
  /** No statement is about Roles Anywhere at all. */
  | 'no_trust'
  | 'missing_action'
  /** A Deny that always matches. */
  | 'denied'
  /** No certificate has all that is asked for. */
  | 'contradiction'
  /** The profile does not turn this part of the certificate into a tag. */
  | 'unmapped'
  /** Roles Anywhere never sets a tag of this name. */
  | 'misspelt'
  /** `*` or `?` under an operator for which it is no wildcard. */
  | 'literal_wildcard'
  /** Characters that no session tag has. */
  | 'value_format'
  /** A value that a source identity never has. */
  | 'source_identity_format'
  /** A value that no serial number has, where that is the session's name. */
  | 'session_name_format'
  /** A value that nothing compares to: `NumericEquals one`. */
  | 'unreadable_value'
  /** aws:SourceArn or aws:SourceAccount leaves this one out. */
  | 'other_anchor'
  | 'other_account'
  /** The address or VPC of the request to STS, which is not the client's. */
  | 'network'
  /** A key that a request of Roles Anywhere never has. */
  | 'absent'
  /** A condition that does not hold for what is known of the request. */
  | 'never'
  /** It must be there, or not even that. */
  | 'any_value'
  /** Compared with itself. */
  | 'tautology'
  /** What one statement leaves out another one lets in. */
  | 'completed'
  /** The session's name, which the caller chooses. */
  | 'session_name'
  /** Not named in full: a pattern, a range. */
  | 'pattern'
  /** All but some. */
  | 'exclusion'
  /** A certificate without the attribute passes. */
  | 'absent_passes'
  /** Two parts of the certificate are compared with each other. */
  | 'relation'
  | 'issuer_only'
  /** Only sts:TagSession is held to the certificate's content. */
  | 'tag_session_only'
  /** aws:SourceArn or aws:SourceAccount is asked for, and every anchor of the account passes. */
  | 'any_anchor'
  /** Whether a key is set from the certificate: by the profile's mappings, by AWS at all, in this request. */
  | 'mapping'
  /** Whether a principal such as `*` admits an AWS service. */
  | 'principal'
  /** An operator that IAM does not document. */
  | 'operator'
  /** A key, or a variable, whose value is not known. */
  | 'key'
  | 'too_complex';

export function opening(kind: ReasonKind, about: string | undefined, says: string): Reason {
  return { kind, effect: 'opens', about, says };
}

export function closing(kind: ReasonKind, about: string | undefined, says: string): Reason {
  return { kind, effect: 'closes', about, says };
}

export function unsure(kind: ReasonKind, about: string | undefined, says: string): Reason {
  return { kind, effect: 'unknown', about, says };
}

export function noting(kind: ReasonKind, about: string | undefined, says: string): Reason {
  return { kind, effect: 'note', about, says };
}

/** Each once, in their order. */
export function distinctReasons(reasons: readonly Reason[]): readonly Reason[] {
  return [...new Map(reasons.map(reason => [`${reason.kind} ${reason.effect} ${reason.says}`, reason])).values()];
}
