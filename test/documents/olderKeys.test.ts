import { describe, expect, it } from 'vitest';
import { type Authority, type Certificate, rootAuthority } from '../../mocks/pki/authority.ts';
import { ecKey } from '../../mocks/pki/keys.ts';
import type { SubjectDetail } from '../../src/snapshot/shapes.ts';
import type { RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, anchor, region, unread } from './snapshots.ts';

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const until = { notAfter: at('2030-01-01') };
const ca = (key: string, from: string, more: { readonly pathLength?: number } = { pathLength: 0 }) =>
  rootAuthority({ subject: [['CN', 'Plant']], key: ecKey(key), notBefore: at(from), ...until, ...more });
const OLD = ca('old', '2025-01-01');
const RENEWED = ca('old', '2026-01-01');
const NEW = ca('new', '2026-06-01');
const OPEN = ca('old', '2025-01-01', {});

const leaf = (issuer: Authority, from = '2026-07-01', to = '2027-01-01') =>
  issuer.issue({ subject: [['CN', 'host']], notBefore: at(from), notAfter: at(to) });
const came = ({ pem }: Certificate, seen = '2026-11-20', failed = false) => ({
  x509CertificateData: pem,
  seenAt: at(seen).toISOString(),
  failed,
});
const subject = (name: string, ...credentials: ReturnType<typeof came>[]): SubjectDetail => ({
  subjectId: name,
  subjectArn: `arn:${name}`,
  x509Subject: name,
  credentials,
});

function onOlderKeys(cas: readonly Authority[], rest: Partial<RegionSnapshot>) {
  const pem = cas.map(each => each.pem).join('');
  const held = anchor({ source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pem } } });
  const { facts, unknown } = about('trust_anchor', account({ regions: [region({ trustAnchors: [held], ...rest })] }));
  return [facts.on_older_keys, unknown.includes('trust_anchor.on_older_keys')];
}

describe('who is live on another key than the newest', () => {
  const BOTH = [OLD, NEW];
  const below = OPEN.subordinate({ subject: [['CN', 'Below']], notBefore: at('2025-01-01'), ...until });
  const other = rootAuthority({ subject: [['CN', 'Other']], notBefore: at('2025-01-01'), ...until });
  it.each<readonly [string, readonly Authority[], readonly SubjectDetail[], readonly string[]]>([
    ['nobody was seen', BOTH, [], []],
    ['those of the old key', BOTH, [subject('b', came(leaf(OLD))), subject('a', came(leaf(OLD)))], ['a', 'b']],
    ['whichever stands first', [NEW, OLD], [subject('a', came(leaf(OLD)))], ['a']],
    ['not those of the new', BOTH, [subject('a', came(leaf(NEW)))], []],
    ['one key, renewed', [OLD, RENEWED], [subject('a', came(leaf(OLD)))], []],
    ['the certificate is over', BOTH, [subject('a', came(leaf(OLD, '2026-07-01', '2026-08-01')))], []],
    ['it moved since', BOTH, [subject('a', came(leaf(OLD), '2026-09-01'), came(leaf(NEW, '2026-09-02')))], []],
    ['some of its hosts moved', BOTH, [subject('a', came(leaf(OLD)), came(leaf(NEW, '2026-09-02')))], ['a']],
    ['refused for another reason', BOTH, [subject('a', came(leaf(OLD), '2026-11-20', true))], ['a']],
    ['another CA, for other workloads', [other, NEW], [subject('a', came(leaf(other)))], ['a']],
  ])('%s', (_, cas, subjects, names) => {
    expect(onOlderKeys(cas, { subjects })).toEqual([names, false]);
  });

  const unlisted = { unread: [unread('rolesanywhere:ListSubjects')] };
  it.each<readonly [string, readonly Authority[], Partial<RegionSnapshot>, readonly string[]]>([
    ['subjects were refused', BOTH, unlisted, []],
    ['some were', BOTH, { subjects: [subject('a', came(leaf(OLD)))], ...unlisted }, ['a']],
    ['a CA below the old key', [OPEN, NEW], { subjects: [subject('a', came(leaf(below)))] }, []],
  ])('is not known for certain: %s', (_, cas, rest, names) => {
    expect(onOlderKeys(cas, rest)).toEqual([names, true]);
  });

  it('names twenty at most', () => {
    const subjects = Array.from({ length: 23 }, (_, n) => subject(`host-${n + 10}`, came(leaf(OLD))));
    const [names] = onOlderKeys(BOTH, { subjects });
    expect(names).toHaveLength(21);
    expect(names).toContain('… and 3 more');
  });
});
