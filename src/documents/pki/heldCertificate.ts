import { type Certificate, readCertificates } from '../../pki/certificate.ts';
import type { SubjectCredential } from '../../snapshot/shapes.ts';

/** The certificate that a subject came with, read once for all that ask; undefined where there is none to read. */
export function heldCertificate(credential: SubjectCredential): Certificate | undefined {
  if (!certificates.has(credential)) {
    const [certificate] = readCertificates(credential.x509CertificateData ?? '').certificates;
    certificates.set(credential, certificate);
  }
  return certificates.get(credential);
}

const certificates = new WeakMap<SubjectCredential, Certificate | undefined>();
