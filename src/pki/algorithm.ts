import { constructedTag, type Element, Members, OID, SEQUENCE } from './der.ts';
import { oidOf } from './derValues.ts';

/** How a certificate or a revocation list is signed. */
export interface SignatureAlgorithm {
  readonly oid: string;
  /** In words: `RSA with SHA-256`; the dotted identifier of one that is not known here. */
  readonly text: string;
  /** `sha256`, `md5`; `none` where the scheme hashes on its own; undefined where the algorithm is not known. */
  readonly hash: string | undefined;
  readonly scheme: 'rsa' | 'rsa-pss' | 'ecdsa' | 'dsa' | 'pure' | undefined;
}

/** From an AlgorithmIdentifier. Throws DerError. */
export function signatureAlgorithm(element: Element): SignatureAlgorithm {
  const members = new Members(element);
  const oid = oidOf(members.next(OID));
  if (oid === RSA_PSS) return pss(members.optional(SEQUENCE));
  const known = ALGORITHMS.get(oid);
  if (known === undefined) return { oid, text: oid, hash: undefined, scheme: undefined };
  const [scheme, hash] = known;
  if (scheme === 'pure') return { oid, text: hash, hash: 'none', scheme };
  return { oid, text: `${SCHEMES[scheme]} with ${hash}`, hash: plain(hash), scheme };
}

const RSA_PSS = '1.2.840.113549.1.1.10';

/** RFC 4055, 3.1: the hash is a parameter, and SHA-1 where there is none. */
function pss(parameters: Element | undefined): SignatureAlgorithm {
  const hash = parameters && new Members(parameters).optional(constructedTag(0));
  const oid = hash && oidOf(new Members(new Members(hash, constructedTag(0)).next(SEQUENCE)).next(OID));
  const name = oid === undefined ? 'SHA-1' : HASHES.get(oid);
  const known = { oid: RSA_PSS, scheme: 'rsa-pss' } as const;
  if (name === undefined) return { ...known, text: `RSA-PSS with ${oid}`, hash: undefined };
  return { ...known, text: `RSA-PSS with ${name}`, hash: plain(name) };
}

/** `SHA-256` -> `sha256`, as node:crypto calls it; SHA-3 keeps its hyphen there. */
const plain = (hash: string): string => hash.toLowerCase().replace(/^sha-/, 'sha');

const SCHEMES = { rsa: 'RSA', ecdsa: 'ECDSA', dsa: 'DSA' } as const;

/** RFC 3279, 4055, 5758, 8410, 8692 and 9881; the last kind hashes on its own. */
const ALGORITHMS: ReadonlyMap<string, readonly ['rsa' | 'ecdsa' | 'dsa' | 'pure', string]> = new Map([
  ['1.2.840.113549.1.1.2', ['rsa', 'MD2']],
  ['1.2.840.113549.1.1.3', ['rsa', 'MD4']],
  ['1.2.840.113549.1.1.4', ['rsa', 'MD5']],
  ['1.2.840.113549.1.1.5', ['rsa', 'SHA-1']],
  ['1.3.14.3.2.29', ['rsa', 'SHA-1']],
  ['1.2.840.113549.1.1.14', ['rsa', 'SHA-224']],
  ['1.2.840.113549.1.1.11', ['rsa', 'SHA-256']],
  ['1.2.840.113549.1.1.12', ['rsa', 'SHA-384']],
  ['1.2.840.113549.1.1.13', ['rsa', 'SHA-512']],
  ['2.16.840.1.101.3.4.3.14', ['rsa', 'SHA3-256']],
  ['2.16.840.1.101.3.4.3.15', ['rsa', 'SHA3-384']],
  ['2.16.840.1.101.3.4.3.16', ['rsa', 'SHA3-512']],
  ['1.2.840.10045.4.1', ['ecdsa', 'SHA-1']],
  ['1.2.840.10045.4.3.1', ['ecdsa', 'SHA-224']],
  ['1.2.840.10045.4.3.2', ['ecdsa', 'SHA-256']],
  ['1.2.840.10045.4.3.3', ['ecdsa', 'SHA-384']],
  ['1.2.840.10045.4.3.4', ['ecdsa', 'SHA-512']],
  ['2.16.840.1.101.3.4.3.10', ['ecdsa', 'SHA3-256']],
  ['2.16.840.1.101.3.4.3.11', ['ecdsa', 'SHA3-384']],
  ['2.16.840.1.101.3.4.3.12', ['ecdsa', 'SHA3-512']],
  ['1.2.840.10040.4.3', ['dsa', 'SHA-1']],
  ['2.16.840.1.101.3.4.3.1', ['dsa', 'SHA-224']],
  ['2.16.840.1.101.3.4.3.2', ['dsa', 'SHA-256']],
  ['1.3.101.112', ['pure', 'Ed25519']],
  ['1.3.101.113', ['pure', 'Ed448']],
  ['2.16.840.1.101.3.4.3.17', ['pure', 'ML-DSA-44']],
  ['2.16.840.1.101.3.4.3.18', ['pure', 'ML-DSA-65']],
  ['2.16.840.1.101.3.4.3.19', ['pure', 'ML-DSA-87']],
]);

const HASHES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.5', 'MD5'],
  ['1.3.14.3.2.26', 'SHA-1'],
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
  ['2.16.840.1.101.3.4.2.4', 'SHA-224'],
]);
