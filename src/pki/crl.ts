import { type CrlScope, scopeOf } from './crlScope.ts';
import {
  constructedTag,
  DerError,
  type Element,
  GENERALIZED_TIME,
  INTEGER,
  Members,
  onlyChild,
  SEQUENCE,
  UTC_TIME,
  wholeElement,
} from './der.ts';
import { integerHex, isoTime, timeOf } from './derValues.ts';
import { authorityKeyIdOf, criticalIn, type ExtensionValues, extensionValues } from './extensions.ts';
import { type Name, nameOf } from './name.ts';
import { derBlocks } from './pem.ts';
import { NO_REVOCATIONS, type Revocations, revocationsIn } from './revocations.ts';
import { type Signed, signedOf } from './signature.ts';

/** What one certificate revocation list says (RFC 5280, 5). */
export interface Crl extends CrlScope {
  readonly issuer: Name;
  /** ISO 8601, UTC, whole seconds. */
  readonly thisUpdate: string;
  /** Undefined for a list that does not say when the next one is due. */
  readonly nextUpdate: string | undefined;
  /** Decimal, of up to 20 bytes; undefined for a list without one. */
  readonly number: string | undefined;
  /** The identifier of the key that signed it, lower-case hex, where the list names it. */
  readonly authorityKeyId: string | undefined;
  /** It only tells what changed since another list. */
  readonly delta: boolean;
  /**
   * The critical extensions that nobody here knows, as dotted identifiers: whoever does not know them must not go by the list (RFC
   * 5280, 5.2). Those of single entries are not looked at.
   */
  readonly unknownCritical: readonly string[];
  readonly revocations: Revocations;
  readonly signed: Signed;
  /** Whether it was alone: of what comes after it in the same text, nothing is known. */
  readonly only: boolean;
}

/** The revocation list in a text as users and AWS pass them around (`derBlocks`): of several, the first. Never throws. */
export function readCrl(text: string): Crl | undefined {
  const [der, ...others] = derBlocks(text, 'X509 CRL');
  try {
    return der && { ...crlOf(wholeElement(der)), only: others.length === 0 };
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

function crlOf(element: Element): Omit<Crl, 'only'> {
  const signed = signedOf(element);
  const body = new Members(signed.body);
  body.optional(INTEGER);
  body.next(SEQUENCE);
  const issuer = nameOf(body.next());
  const thisUpdate = isoTime(timeOf(body.next()));
  const next = body.optional(UTC_TIME, GENERALIZED_TIME);
  const entries = body.optional(SEQUENCE);
  const list = body.optional(constructedTag(0));
  const extensions: ExtensionValues = list ? extensionValues(onlyChild(list)) : new Map();
  const critical = list ? criticalIn(onlyChild(list)) : [];
  return {
    issuer,
    thisUpdate,
    nextUpdate: next && isoTime(timeOf(next)),
    number: numberIn(extensions),
    authorityKeyId: authorityKeyIdOf(extensions),
    delta: extensions.has('2.5.29.27'),
    unknownCritical: critical.filter(id => !KNOWN.has(id)),
    ...scopeOf(extensions),
    revocations: entries === undefined ? NO_REVOCATIONS : revocationsIn(entries),
    signed,
  };
}

/** RFC 5280, 5.2.1 to 5.2.7. */
const KNOWN: ReadonlySet<string> = new Set([
  '2.5.29.35',
  '2.5.29.18',
  '2.5.29.20',
  '2.5.29.27',
  '2.5.29.28',
  '2.5.29.46',
  '1.3.6.1.5.5.7.1.1',
]);

/** RFC 5280 (5.2.3) allows 20 bytes; without a bound, a hostile number would be as slow as it is long. */
const MOST_DIGITS = 42;

function numberIn(extensions: ExtensionValues): string | undefined {
  const value = extensions.get('2.5.29.20');
  const hex = value && integerHex(onlyChild(value));
  return hex === undefined || hex.startsWith('-') || hex.length > MOST_DIGITS
    ? undefined
    : BigInt(`0x${hex}`).toString();
}
