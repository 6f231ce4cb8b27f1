import { rootAuthority } from '../../mocks/pki/authority.ts';
import { type CrlParts, crlDer } from '../../mocks/pki/crl.ts';
import { ecKey } from '../../mocks/pki/keys.ts';
import type { CrlDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import { ANCHOR, CRL, daysAgo, daysAhead, HOST, ISSUING, inRegion, withCrl } from './base.ts';
import type { Case } from './case.ts';

/** Revocation lists. */
export const crlCases: readonly Case[] = [
  {
    check: 66,
    rule: 'crl-stale',
    name: 'the next list is overdue',
    bad: good => withCrl(good, { crlData: list({ nextUpdate: daysAgo(2) }) }),
    severity: 'high',
  },
  {
    check: 66,
    rule: 'crl-stale',
    name: 'it does not say when the next is due',
    bad: good => withCrl(good, { crlData: list({ nextUpdate: undefined }) }),
    severity: 'low',
  },
  {
    check: 66,
    rule: 'crl-stale',
    name: 'it was left over beside a newer one',
    bad: good => besideNewer(good, { crlData: list({ nextUpdate: daysAgo(2) }) }),
    severity: 'low',
  },
  {
    check: 67,
    rule: 'crl-disabled',
    name: 'the only list is switched off',
    bad: good => withCrl(good, { enabled: false }),
    severity: 'medium',
  },
  {
    check: 67,
    rule: 'crl-disabled',
    name: 'the only list is switched off, and nothing was revoked yet',
    bad: good => withCrl(good, { enabled: false, crlData: list({}) }),
    severity: 'medium',
  },
  {
    check: 67,
    rule: 'crl-disabled',
    name: 'the only list is switched off, and a certificate that it revokes came in',
    bad: good =>
      withCrl(good, { enabled: false, crlData: list({ revoked: [{ serial: HOST.serial, at: daysAgo(5) }] }) }),
    severity: 'high',
  },
  {
    check: 67,
    rule: 'crl-disabled',
    name: 'a newer list has taken its place',
    bad: good => besideNewer(good, { enabled: false }),
    severity: 'low',
  },
  {
    check: 68,
    rule: 'crl-issuer-mismatch',
    name: 'a list of another CA',
    bad: good => withCrl(good, { crlData: list({ issuer: OTHER.subject, key: OTHER.key }) }),
    severity: 'high',
  },
  {
    check: 68,
    rule: 'crl-issuer-mismatch',
    name: 'the right name, signed with another key',
    bad: good => withCrl(good, { crlData: list({ key: OTHER.key }) }),
  },
  {
    check: 69,
    rule: 'crl-orphan',
    name: 'its trust anchor is gone',
    bad: good =>
      inRegion(good, ({ crls }) => ({
        crls: [...crls, ...crls.map(crl => ({ ...crl, crlArn: `${crl.crlArn}2`, trustAnchorArn: GONE }))],
      })),
    severity: 'low',
  },
  {
    rule: 'crl-unreadable',
    name: 'what AWS took is no list',
    bad: good => withCrl(good, { crlData: 'bm8gbGlzdA==' }),
    severity: 'low',
  },
  {
    check: 70,
    rule: 'crl-not-updated',
    name: 'imported long ago, though it holds for long',
    bad: good => withCrl(good, { updatedAt: daysAgo(31).toISOString() }),
  },
  {
    check: 71,
    rule: 'crl-weak-signature',
    name: 'signed with SHA-1',
    bad: good => withCrl(good, { crlData: list({ key: ecKey(JSON.stringify(ISSUING.subject), 'sha1') }) }),
    severity: 'medium',
  },
];

const OTHER = rootAuthority({ subject: [['CN', 'Another CA']], notBefore: daysAgo(100), notAfter: daysAhead(100) });
const GONE = ANCHOR.trustAnchorArn.replace('trust-anchor/6', 'trust-anchor/7');

/** An older list, with this change, beside that of the good account. */
function besideNewer(good: AccountSnapshot, change: Partial<CrlDetail>): AccountSnapshot {
  const older = { crlId: 'older', crlArn: `${CRL.crlArn}2`, name: 'older', crlData: list({}), ...change };
  return inRegion(good, ({ crls }) => ({ crls: [...crls, ...crls.map(crl => ({ ...crl, ...older }))] }));
}

/** The list of the good account, but for this. */
function list(rest: Partial<CrlParts>): string {
  const { subject: issuer, key } = ISSUING;
  const parts = { issuer, key, number: 8, thisUpdate: daysAgo(9), nextUpdate: daysAhead(6), revoked: [] };
  return crlDer({ ...parts, ...rest }).toString('base64');
}
