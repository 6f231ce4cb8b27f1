import { rootCertificates } from 'node:tls';
import { once } from '../memo/once.ts';
import { type Certificate, isIssuedBy, readCertificates } from './certificate.ts';

/**
 * Whether a certificate is of a public CA: over the key of a root that this Node trusts as browsers do, or issued by one.
 * A name alone proves nothing. False may also mean a public CA's intermediate further down, or a root that the list does
 * not have.
 */
export function isPublicAuthority(certificate: Certificate): boolean {
  const { byKey, byName } = publicRoots();
  if (byKey.has(certificate.key.sha256)) return true;
  return (byName.get(certificate.issuer.key) ?? []).some(root => isIssuedBy(certificate, root) === true);
}

interface Roots {
  readonly byKey: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly Certificate[]>;
}

const publicRoots = once(() => rootsOf(rootCertificates.flatMap(pem => readCertificates(pem).certificates)));

function rootsOf(certificates: readonly Certificate[]): Roots {
  const byName = new Map<string, Certificate[]>();
  for (const root of certificates) byName.set(root.subject.key, [...(byName.get(root.subject.key) ?? []), root]);
  return { byKey: new Set(certificates.map(({ key }) => key.sha256)), byName };
}
