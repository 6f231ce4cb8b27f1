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
 * Whether AWS takes certificates of the CA, as far as the CA's own dates go (user guide, "Trust model"). One that was not read
 * counts: nearly all are within their dates, and a gate is no less open for us who may not read them.
 */
export function isInForce(validity: AuthorityValidity): boolean {
  return validity !== 'outside';
}

/** Of one that is outside its dates. */
export function whyOutside({ certificates }: Authority, now: Date): string {
  return certificates.every(certificate => isOverAt(certificate, now)) ? 'has expired' : 'is not valid yet';
}
