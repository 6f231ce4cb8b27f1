import type { Truth } from '../iam/truth.ts';
import type { Document } from './document.ts';
import { isUnknownAt, type PathReader, readerOf } from './path.ts';

/** What documents of profiles and roles ask of those of their paths. */

const ROLE = readerOf('role.arn');
const OPEN = readerOf('path.open');
const STANDING = readerOf('path.access.standing');
const WAYS_UP = readerOf('path.escalation.id');
const MISSING = readerOf('role.missing');
const OPEN_BY_ANCHOR = readerOf('path.anchors.open');
const REASONS = readerOf('path.gate.reasons');

export function roleOf(path: Document): string {
  return String(first(ROLE, path) ?? '');
}

/** Whether some certificate gets a session this way today. */
export function isOpen(path: Document): Truth {
  return isUnknownAt(path.body, 'path.open') ? undefined : first(OPEN, path) === true;
}

/** Whether some certificate of some trust anchor gets past the role's trust policy for certain, be profile and anchor enabled or not. */
export function letsSomebodyIn({ body }: Document): boolean {
  return OPEN_BY_ANCHOR(body).includes(true);
}

/** Whether the trust policy wants the session named after the certificate, where it is named by the serial number. */
export function wantsSerialAsName({ body }: Document): Truth {
  return REASONS(body).includes(SERIAL_AS_NAME) || (isUnknownAt(body, 'path.gate.reasons') ? undefined : false);
}

/** See path.gate.reasons. */
export const SERIAL_AS_NAME = 'serial_as_name';

/**
 * What its sessions are, in a word that is always known: that of path.access.standing, escalating where a way up stands open
 * to one that is no administrator, unread or missing where the role is.
 */
export function standingOf(path: Document): string {
  if (first(MISSING, path) === true) return 'missing';
  const standing = first(STANDING, path);
  if (typeof standing !== 'string') return 'unread';
  const climbs = (standing === 'limited' || standing === 'unsettled') && WAYS_UP(path.body).length > 0;
  return climbs && isOpen(path) !== false ? 'escalating' : standing;
}

/** Whether its sessions are administrators', or can make themselves such. */
export function isPrivileged(path: Document): Truth {
  if (first(MISSING, path) === true) return false;
  const standing = first(STANDING, path);
  if (standing === 'limited') return false;
  return standing === 'admin' || standing === 'admin_equivalent' || undefined;
}

function first(read: PathReader, { body }: Document) {
  return read(body)[0];
}
