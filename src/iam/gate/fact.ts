import { isMapped, type Mapping } from '../session.ts';

/**
 * A part of a certificate that a trust policy can ask for. `id` is the tag in lower case (`x509subject/cn`), whatever key
 * asks for it, SOURCE_IDENTITY or
 * SESSION_NAME.
 */
export interface Fact {
  readonly id: string;
  /**
   * `set`: a certificate that has the part sets the key. `unmapped`, `misspelt`: nothing ever sets it. `unsure`: it cannot
   * be said which, see `unless`.
   */
  readonly reach: 'set' | 'unmapped' | 'misspelt' | 'unsure';
  /** What must be so for an unsure key to be set: `the profile maps x509Subject/CN`. */
  readonly provided: string | undefined;
}

interface FactSetting {
  /** Undefined: not known. */
  readonly mappings: readonly Mapping[] | undefined;
  /** See GateQuestion. */
  readonly acceptsSessionName: boolean | undefined;
  readonly action: string;
}

export const SOURCE_IDENTITY = 'sts:sourceidentity';
/** The certificate's serial number, unless the profile lets callers choose the session's name. */
export const SESSION_NAME = 'sts:rolesessionname';
export const SUBJECT_CN = 'x509subject/cn';
export const SAN_URI = 'x509san/uri';

const PRINCIPAL_TAG = 'aws:principaltag/';
const REQUEST_TAG = 'aws:requesttag/';

/** The part of the certificate that a condition key (in lower case) stands for; undefined for any other key. */
export function factOf(key: string, setting: FactSetting): Fact | undefined {
  if (key === SESSION_NAME && setting.acceptsSessionName !== false) return undefined;
  if (isAlwaysThere(key)) return { id: key, reach: 'set', provided: undefined };
  const tag = tagIn(key);
  if (tag === undefined) return undefined;
  return { id: tag, ...reachOf(tag, key.startsWith(REQUEST_TAG), setting) };
}

/** No certificate is without it (user guide, "Trust model"). */
export function isAlwaysThere(id: string): boolean {
  return id === SOURCE_IDENTITY || id === SESSION_NAME;
}

/** `x509subject/cn`, of a condition key in lower case; undefined for any other key. */
export function tagIn(key: string): string | undefined {
  const prefix = [PRINCIPAL_TAG, REQUEST_TAG].find(each => key.startsWith(each));
  const tag = prefix && key.slice(prefix.length);
  return tag?.startsWith('x509') ? tag : undefined;
}

/**
 * aws:RequestTag is there for sts:AssumeRole as for sts:TagSession (IAM user guide, "Pass session tags", has both in its
 * trust policy); nothing says so of sts:SetSourceIdentity.
 */
function reachOf(tag: string, ofRequest: boolean, { mappings, action }: FactSetting): Omit<Fact, 'id'> {
  if (isNeverSet(tag)) return { reach: 'misspelt', provided: undefined };
  if (mappings === undefined) return providedIf(`the profile maps ${tagName(tag)}`);
  if (!isMapped(tag, mappings)) return { reach: 'unmapped', provided: undefined };
  if (!isDocumented(tag) && !isNamed(tag, mappings)) return providedIf(`AWS makes a tag of ${tagName(tag)}`);
  if (ofRequest && action === 'sts:SetSourceIdentity') return providedIf(`aws:RequestTag is set for ${action}`);
  return { reach: 'set', provided: undefined };
}

function providedIf(provided: string): Omit<Fact, 'id'> {
  return { reach: 'unsure', provided };
}

/** Names of RDNs as people write them and AWS does not: its tags have the short ones or an OID. */
const LONG_NAMES = new Set([
  'commonname',
  'country',
  'countryname',
  'distinguishedname',
  'dn',
  'locality',
  'localityname',
  'organization',
  'organizationalunit',
  'organizationalunitname',
  'organizationname',
  'state',
  'stateorprovince',
  'stateorprovincename',
]);

/** Of the SAN, e-mail addresses, IP addresses and other names are never mapped (facts of the user guide, "Trust model"). */
const UNMAPPED_SANS = /^(e-?mail(address)?|rfc822(name)?|ip(address)?|othername|upn|dnsname|rid|registeredid|name\/?)$/;

function isNeverSet(tag: string): boolean {
  const [, field, part] = /^x509(subject|issuer|san)\/(.+)$/s.exec(tag) ?? [];
  if (field === undefined || part === undefined || part.includes('*')) return true;
  if (field !== 'san') return LONG_NAMES.has(part) || part.includes('/');
  return UNMAPPED_SANS.test(part) || /^(dns|uri)\//.test(part) || LONG_NAMES.has(part.replace(/^name\//, ''));
}

/** The user guide shows these; which other RDNs it calls supported it does not say. */
function isDocumented(tag: string): boolean {
  return (
    /^x509(subject|issuer)\/(cn|o|ou|c|st|l|uid|\d+(\.\d+)+)$/.test(tag) ||
    /^x509san\/(dns|uri|name\/(cn|o|ou|c|st|l|uid))$/.test(tag)
  );
}

/** Whether a mapping names the part itself, rather than `*`. */
function isNamed(tag: string, mappings: readonly Mapping[]): boolean {
  const slash = tag.indexOf('/');
  const [field, part] = [tag.slice(0, slash), tag.slice(slash + 1)];
  return mappings.some(
    mapping =>
      mapping.certificateField.toLowerCase() === field && mapping.specifiers.some(each => each.toLowerCase() === part),
  );
}

const FIELDS: readonly (readonly [string, string, string])[] = [
  ['x509subject/', 'x509Subject/', 'subject '],
  ['x509san/name/', 'x509SAN/Name/', 'SAN directory name '],
  ['x509san/', 'x509SAN/', 'SAN '],
  [SOURCE_IDENTITY, 'sts:SourceIdentity', 'source identity'],
  [SESSION_NAME, 'sts:RoleSessionName', 'serial number'],
  ['x509issuer/', 'x509Issuer/', 'issuer '],
];

/** `x509Subject/CN`: as AWS writes it. */
export function tagName(id: string): string {
  return named(id, ([, written]) => written);
}

/** `subject CN`, `SAN DNS`, `source identity`, `serial number`. */
export function factName(id: string): string {
  return named(id, ([, , plain]) => plain);
}

function named(id: string, of: (field: (typeof FIELDS)[number]) => string): string {
  const field = FIELDS.find(([prefix]) => id.startsWith(prefix));
  return field === undefined ? id : of(field) + id.slice(field[0].length).toUpperCase();
}

export function isIssuer(id: string): boolean {
  return id.startsWith('x509issuer/');
}

/** Subject, SAN, source identity, serial number, issuer; the CN before other parts. */
export function compareFacts(a: string, b: string): number {
  return (
    fieldAt(a) - fieldAt(b) || Number(b.endsWith('/cn')) - Number(a.endsWith('/cn')) || (a < b ? -1 : Number(a > b))
  );
}

function fieldAt(id: string): number {
  return FIELDS.findIndex(([prefix]) => id.startsWith(prefix));
}
