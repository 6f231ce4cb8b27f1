import type { Authority } from './authority.ts';
import { isOverAt, isValidAt } from './validity.ts';

/** What the dates of a trust anchor's CAs come to: a bundle goes on for as long as one of them does. */
export type AuthorityValidity = 'current' | 'outside' | 'unread';

/** `current` as long as one is within its dates; `unread` where one that is may be among those not read. */
export function validityOf({ certificates, complete }: Authority, now: Date): AuthorityValidity {
  if (certificates.some(certificate => isValidAt(certificate, now))) return 'current';
  return complete && certificates.length > 0 ? 'outside' : 'unread';
}

/**
 * Whether AWS takes no certificates of the CA any more (user guide, "Trust model"). One that begins later opens its gates by itself,
 * and one that was not read counts as within its dates, as nearly all are: a gate is no less open for us who may not read it.
 */
export function hasExpired({ certificates, complete }: Authority, now: Date): boolean {
  return complete && certificates.length > 0 && certificates.every(certificate => isOverAt(certificate, now));
}
