import type { Certificate } from '../../pki/certificate.ts';
import { DAY_MS } from '../terms.ts';

type Dates = Pick<Certificate, 'notBefore' | 'notAfter'>;

export function isValidAt(certificate: Dates, now: Date): boolean {
  return Date.parse(certificate.notBefore) <= now.getTime() && !isOverAt(certificate, now);
}

export function isOverAt({ notAfter }: Pick<Dates, 'notAfter'>, now: Date): boolean {
  return Date.parse(notAfter) < now.getTime();
}

/** For how many days it is made to be valid. */
export function lifetimeDays({ notBefore, notAfter }: Dates): number {
  return (Date.parse(notAfter) - Date.parse(notBefore)) / DAY_MS;
}
