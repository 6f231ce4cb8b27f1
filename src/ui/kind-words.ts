/** A kind of resource in words. */
export const KIND_WORDS = {
  trust_anchor: 'trust anchor',
  profile: 'profile',
  role: 'role',
  crl: 'CRL',
  subject: 'subject',
  path: 'path',
  account: 'account',
  event: 'event',
} as const;
