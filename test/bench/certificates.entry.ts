import { rootCertificates } from 'node:tls';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { mlDsaKey, rsaKey } from '../../mocks/pki/keys.ts';
import { isSelfSigned, readCertificates } from '../../src/pki/certificate.ts';
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

const start = performance.now();
let read = 0;
for (let index = 0; index < COUNT; index++) read += allFactsOf(pems[index % pems.length] ?? '');
console.log(JSON.stringify({ certificates: read, all: performance.now() - start }));
