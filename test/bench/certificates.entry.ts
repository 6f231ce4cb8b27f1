import { rootCertificates } from 'node:tls';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { mlDsaKey, rsaKey } from '../../mocks/pki/keys.ts';
import { isSelfSigned, readCertificates } from '../../src/pki/certificate.ts';
import { readCrl } from '../../src/pki/crl.ts';
import { isPublicAuthority } from '../../src/pki/publicRoots.ts';

/** Prints milliseconds as JSON: what `npm run bench` holds against its limits. */

const COUNT = 10_000;
const validity = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
const root = rootAuthority({ subject: [['CN', 'Root']], ...validity });
const own = Array.from({ length: 200 }, (_, index) =>
  root.subordinate({ subject: [['CN', `CA ${index}`]], ...validity }),
);
const others = [rsaKey('bench', 2048), mlDsaKey('bench', 65)].map(key =>
  rootAuthority({ subject: [['CN', 'Other']], key, ...validity }),
);
const pems = [...rootCertificates, root.pem, ...own.map(each => each.pem), ...others.map(each => each.pem)];

function allFactsOf(pem: string): number {
  const { certificates } = readCertificates(pem);
  for (const certificate of certificates) {
    isSelfSigned(certificate);
    isPublicAuthority(certificate);
  }
  return certificates.length;
}

const ENTRIES = 100_000;
const serialOf = (n: number) => (2n ** 120n + BigInt(n) * 7919n).toString(16).padStart(32, '0');
const revoked = Array.from({ length: ENTRIES }, (_, n) => ({ serial: serialOf(n), at: validity.notBefore, reason: 1 }));
const serials = Array.from({ length: 2 * ENTRIES }, (_, n) => serialOf(n));
const list = root.crl({ number: 1, thisUpdate: validity.notBefore, revoked }).toString('base64');

/** Reads the list, and asks for every serial and as many that are not there; says how many it found. */
function revocationsIn(text: string): number {
  const of = readCrl(text)?.revocations.of;
  return serials.filter(serial => of?.(serial)?.revokedAt !== undefined).length;
}

function timed(work: () => number): { readonly count: number; readonly ms: number } {
  const start = performance.now();
  const count = work();
  return { count, ms: performance.now() - start };
}

function certificatesRead(): number {
  let read = 0;
  for (let index = 0; index < COUNT; index++) read += allFactsOf(pems[index % pems.length] ?? '');
  return read;
}

console.log(JSON.stringify({ certificates: timed(certificatesRead), revocations: timed(() => revocationsIn(list)) }));
