import ipaddr from 'ipaddr.js';
import * as v from 'valibot';
import type { ListItem } from './settings.ts';

/** A SHA-256 fingerprint as openssl or AWS prints it. */
const FINGERPRINT = /^(?:[0-9a-f]{64}|[0-9a-f]{2}(?::[0-9a-f]{2}){31})$/i;
const PRIVATE_CA = /^arn:aws[a-z-]{0,20}:acm-pca:[a-z0-9-]{1,40}:\d{12}:certificate-authority\/[0-9a-f-]{1,40}$/;
const REGION = /^[a-z]{2,8}(?:-[a-z]{1,20}){1,3}-\d{1,2}$/;
const ROLE = /^arn:aws[a-z-]{0,20}:iam::\d{12}:role\/[^\s]{1,1000}$/;
const ANCHOR = /^arn:aws[a-z-]{0,20}:rolesanywhere:[a-z0-9-]{1,40}:\d{12}:trust-anchor\/[0-9a-f-]{1,40}$/;
const PRINCIPAL = /^arn:[^:]{1,40}:[^:]{1,40}:[^:]{0,40}:[^:]{1,40}:.{1,2000}$/;

const KEY_TYPES = ['rsa', 'rsa-pss', 'ec', 'ed25519', 'ed448', 'ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87'];

/** What entries of lists must be, made alike: fingerprints in lower case without colons, networks with their length. */
export const ITEMS: Readonly<Record<ListItem | 'role' | 'anchor', v.GenericSchema<unknown, string>>> = {
  region: item(text => REGION.test(text), 'is no region: eu-west-1, say'),
  ca: v.pipe(
    item(
      text => FINGERPRINT.test(text) || PRIVATE_CA.test(text),
      'is neither a SHA-256 fingerprint (64 hex digits) nor the ARN of a private CA',
    ),
    v.transform(text => (FINGERPRINT.test(text) ? text.replaceAll(':', '').toLowerCase() : text)),
  ),
  'key type': item(text => KEY_TYPES.includes(text), `is no type of key: ${KEY_TYPES.join(', ')}`),
  'tag key': item(text => text.length <= 128, 'is longer than 128 characters, which no tag key is'),
  network: v.pipe(
    item(isNetwork, 'is no network: 192.0.2.0/24 or 2001:db8::/32, say'),
    v.transform(text => (text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`)),
  ),
  role: item(text => ROLE.test(text), 'is no ARN of a role: arn:aws:iam::111122223333:role/deploy, say'),
  anchor: item(text => ANCHOR.test(text), 'is no ARN of a trust anchor'),
  'ARN pattern': item(
    text => PRINCIPAL.test(text),
    "is no principal's ARN: arn:aws:iam::111122223333:role/deploy-*, say, where * stands for any characters",
  ),
};

function item(holds: (text: string) => boolean, message: string) {
  return v.pipe(
    v.string('must be a text'),
    v.check(holds, ({ input }) => `${shown(input)} ${message}`),
  );
}

/** What somebody wrote may be of any length. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function isNetwork(text: string): boolean {
  return text.includes('/')
    ? ipaddr.isValidCIDR(text)
    : ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}
