import { ABSENT, type ContextValue, known, UNKNOWN } from '../context.ts';
import { all, some, type Truth } from '../truth.ts';
import { SESSION_NAME, SOURCE_IDENTITY } from './fact.ts';
import { holds, type Literal, type Reading } from './literal.ts';

/** A distinguished name: the values of each kind of RDN (`CN`, `OU`, or an OID; case does not matter) in their order. */
export type DistinguishedName = ReadonlyMap<string, readonly string[]>;

/** What an end-entity certificate says of itself, as far as Roles Anywhere makes tags of it. */
export interface CertificateAttributes {
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** In the certificate's order: of each kind only the first becomes a tag. */
  readonly san: {
    readonly dns: readonly string[];
    readonly uri: readonly string[];
    readonly name: readonly DistinguishedName[];
  };
  /** Hexadecimal. */
  readonly serial: string;
}

/** One sort of certificates that a gate lets in: those that pass all literals. */
export interface Term {
  readonly literals: readonly Literal[];
  /** Whether that is enough; if not it also hangs on something that no certificate decides. */
  readonly certain: boolean;
}

/** Whether a gate of these terms lets this certificate in. Undefined: it cannot be said. */
export function certificateSatisfies(terms: readonly Term[], certificate: CertificateAttributes): Truth {
  const reading = readingOf(certificate);
  return some(
    terms.map(({ literals, certain }) =>
      all([...literals.map(each => holds(each, reading)), certain ? true : undefined]),
    ),
  );
}

/** The values that the certificate's parts have as tags (Roles Anywhere user guide, "Trust model"). */
export function readingOf({ subject, issuer, san, serial }: CertificateAttributes): Reading {
  const identity = sourceIdentity(subject, serial);
  const tags = new Map([
    ...nameTags('x509subject/', subject),
    ...nameTags('x509issuer/', issuer),
    ...nameTags('x509san/name/', san.name[0] ?? new Map()),
    ...valueTag('x509san/dns', san.dns[0]),
    ...valueTag('x509san/uri', san.uri[0]),
    [SOURCE_IDENTITY, identity] as const,
    [SESSION_NAME, serialText(serial)] as const,
  ]);
  return fact => tags.get(fact) ?? (/\/\d+(\.\d+)+$/.test(fact) ? UNKNOWN : ABSENT);
}

/** Several values of one kind are one tag with slashes between. */
function nameTags(prefix: string, name: DistinguishedName): readonly (readonly [string, ContextValue])[] {
  const byKind = new Map<string, string[]>();
  for (const [kind, values] of name) {
    const lower = kind.toLowerCase();
    if (values.length > 0) byKind.set(lower, [...(byKind.get(lower) ?? []), ...values]);
  }
  return [...byKind].flatMap(([kind, values]) => valueTag(prefix + kind, values.join('/')));
}

function valueTag(tag: string, value: string | undefined): readonly (readonly [string, ContextValue])[] {
  return value === undefined ? [] : [[tag, isTagValue(value) ? known(value) : UNKNOWN]];
}

/**
 * What STS takes for a tag's value (STS API, Tag). The guide says that other values are ignored, people report that the
 * request fails: not known.
 */
export function isTagValue(value: string): boolean {
  return value.length <= 256 && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(value);
}

/**
 * `CN=` and the CN, without the `CN=` past 61 characters; without a CN `ID=` and the serial number. What becomes of several
 * CNs, or of one that STS would not take, is not documented.
 */
function sourceIdentity(subject: DistinguishedName, serial: string): ContextValue {
  const names = [...subject].filter(([kind]) => kind.toLowerCase() === 'cn').flatMap(([, values]) => values);
  if (names.length === 0) return serialText(serial, 'ID=');
  const [name] = names;
  if (names.length > 1 || name === undefined || !/^[\w+=,.@-]{1,64}$/.test(name)) return UNKNOWN;
  return known(name.length <= 61 ? `CN=${name}` : name);
}

/** An even number of lower-case hex digits. */
function serialText(serial: string, prefix = ''): ContextValue {
  const hex = serial.toLowerCase();
  return /^[\da-f]+$/.test(hex) ? known(`${prefix}${hex.length % 2 === 0 ? hex : `0${hex}`}`) : UNKNOWN;
}
