import type { Certificate } from '../pki/certificate.ts';

type Dates = Pick<Certificate, 'notBefore' | 'notAfter'>;

export function isValidAt(certificate: Dates, now: Date): boolean {
  return Date.parse(certificate.notBefore) <= now.getTime() && !isOverAt(certificate, now);
}

export function isOverAt({ notAfter }: Dates, now: Date): boolean {
  return Date.parse(notAfter) < now.getTime();
}
