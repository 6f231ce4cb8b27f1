import { describe, expect, it } from 'vitest';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { ecKey } from '../../mocks/pki/keys.ts';
import { issuedByTrying } from '../../src/documents/pki/issued.ts';
import { readCertificates } from '../../src/pki/certificate.ts';

const dates = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
/** All have the same name and, by their looks, the same key. */
const ca = (key: string, name = 'CA') =>
  rootAuthority({
    subject: [['CN', name]],
    key: { ...ecKey(key), publicBits: ecKey('one').publicBits },
    ...dates,
  });
const read = ({ pem }: { readonly pem: string }) => readCertificates(pem).certificates[0]!;
const holder = read(ca('own').issue({ subject: [['CN', 'host']], ...dates }));

describe('signatures tried in vain', () => {
  it.each<[what: string, tried: readonly [key: string, name?: string][], answers: readonly (boolean | undefined)[]]>([
    ['none', [['own'], ['own']], [true, true]],
    ['as many as are allowed', [['a'], ['own'], ['b'], ['own']], [false, true, false, undefined]],
    ['other names cost nothing', [['a', 'X'], ['b', 'X'], ['c', 'X'], ['own']], [false, false, false, true]],
    ['after them only names tell', [['a'], ['b'], ['c'], ['own', 'X']], [false, false, undefined, false]],
  ])('%s', (_, tried, answers) => {
    const hasIssued = issuedByTrying(2);
    expect(tried.map(([key, name]) => hasIssued(holder, read(ca(key, name))))).toEqual(answers);
  });
});
