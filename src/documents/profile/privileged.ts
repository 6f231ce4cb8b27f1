import { all } from '../../iam/truth.ts';
import { distinct } from '../../lists.ts';
import type { Document } from '../document.ts';
import { type Fact, type Facts, partly } from '../facts.ts';
import { isUnknownAt, textAt, valuesAt } from '../path.ts';
import { isOpen, isPrivileged, roleOf } from '../pathFacts.ts';

/** Of a profile's paths those to an administrator, or to what can make itself one: which, how, and for which certificates. */
export function privilegedFacts(paths: readonly Document[]): Facts {
  const to = paths.filter(path => isPrivileged(path) === true);
  const inUse = to.filter(path => isOpen(path) !== false);
  const unsettled = paths.some(path => isPrivileged(path) === undefined);
  const list = (values: readonly string[], more = false): Fact => {
    const sorted = distinct(values);
    return unsettled || more ? partly(sorted) : sorted;
  };
  const undecided = paths.some(path => all([isPrivileged(path), isOpen(path)]) === undefined);
  const open = to.filter(path => isOpen(path) === true);
  const lacks = (field: string) => inUse.some(({ body }) => isUnknownAt(body, field));
  return {
    privileged: list(to.map(roleOf)),
    privileged_open: undecided ? partly(open.map(roleOf)) : open.map(roleOf),
    privileged_by: list(to.map(how)),
    privileged_grade: list(inUse.flatMap(texts('path.gate.grade')), lacks('path.gate.grade')),
    privileged_certificates: list(inUse.flatMap(texts('path.gate.certificates')), lacks('path.gate.certificates')),
  };
}

/** `deploy: iam-005: Writes an inline policy …`; more than one way is one too many. */
function how(path: Document): string {
  const name = textAt(path.body, 'role.name') ?? roleOf(path);
  if (textAt(path.body, 'path.access.standing') === 'admin') return `${name}: everything on everything`;
  const [evidence] = texts('path.escalation.evidence')(path);
  return `${name}: ${evidence ?? texts('path.access.admin_by')(path).join(', ')}`;
}

function texts(field: string): (path: Document) => readonly string[] {
  return ({ body }) => valuesAt(body, field).filter(each => typeof each === 'string');
}
