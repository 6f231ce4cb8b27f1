import type { Truth } from '../../iam/truth.ts';
import type { Certificate } from '../../pki/certificate.ts';

/** A CA certificate that has the name of a holder's issuer. */
export interface Candidate {
  readonly ca: Certificate;
  /** The ARNs of the enabled trust anchors that hold it. */
  readonly anchors: readonly string[];
  /** Whether it issued the holder's certificate. */
  readonly truth: Truth;
}

/**
 * Until when the key that issued a holder's certificate is in the trust anchors (ISO 8601), where beside it the CA goes on with
 * another key: the anchor then lives on, and what the old key issued is refused from that time. Undefined elsewhere.
 */
export function oldKeyEnd(all: readonly Candidate[]): string | undefined {
  const candidates = all.filter(({ anchors }) => anchors.length > 0);
  const own = candidates.filter(({ truth }) => truth === true);
  const last = own.toSorted((a, b) => endOf(b) - endOf(a))[0];
  if (last === undefined || candidates.some(({ truth }) => truth === undefined)) return undefined;
  const beside = new Set(own.flatMap(({ anchors }) => anchors));
  const goesOn = candidates.some(
    other => other.truth === false && endOf(other) > endOf(last) && other.anchors.some(arn => beside.has(arn)),
  );
  return goesOn ? last.ca.notAfter : undefined;
}

function endOf({ ca }: Candidate): number {
  return Date.parse(ca.notAfter);
}
