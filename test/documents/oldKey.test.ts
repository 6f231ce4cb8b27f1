import { expect, it } from 'vitest';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { ecKey } from '../../mocks/pki/keys.ts';
import { type Candidate, oldKeyEnd } from '../../src/documents/pki/oldKey.ts';
import { readCertificates } from '../../src/pki/certificate.ts';

/** A certificate of the CA until then. */
function ca(notAfter: string, key: string) {
  const dates = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date(notAfter) };
  const { pem } = rootAuthority({ subject: [['CN', 'Plant']], key: ecKey(key), ...dates });
  return readCertificates(pem).certificates[0]!;
}
const OLD = ca('2026-12-01T00:00:00Z', 'old');
const RENEWED = ca('2028-12-01T00:00:00Z', 'old');
const NEW = ca('2031-12-01T00:00:00Z', 'new');
const BEFORE = ca('2026-01-01T00:00:00Z', 'before');
const issuer = (certificate: typeof OLD, ...anchors: string[]): Candidate => ({
  ca: certificate,
  anchors,
  truth: true,
});
const other = (certificate: typeof OLD, ...anchors: string[]): Candidate => ({
  ca: certificate,
  anchors,
  truth: false,
});

it.each<[what: string, candidates: Candidate[], end: string | undefined]>([
  ['no CA of that name', [], undefined],
  ['one key', [issuer(OLD, 'a')], undefined],
  ['a newer key beside it', [issuer(OLD, 'a'), other(NEW, 'a')], '2026-12-01T00:00:00Z'],
  [
    'the key renewed, and a newer one',
    [issuer(OLD, 'a'), issuer(RENEWED, 'a'), other(NEW, 'a')],
    '2028-12-01T00:00:00Z',
  ],
  ['a newer key in another anchor only', [issuer(OLD, 'a'), other(NEW, 'b')], undefined],
  ['an older key beside it', [issuer(OLD, 'a'), other(BEFORE, 'a')], undefined],
  ['another CA of the name alone', [other(NEW, 'a')], undefined],
  ['one of which it is not known', [issuer(OLD, 'a'), { ...other(NEW, 'a'), truth: undefined }], undefined],
])('%s: the old key ends for good %s', (_, candidates, end) => {
  expect(oldKeyEnd(candidates)).toBe(end);
});
