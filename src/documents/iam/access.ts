import type { PlacedCondition } from '../../iam/decide.ts';
import type { Held } from '../../iam/escalation/holding.ts';
import { MOST_ROLES } from '../../iam/escalation/lateral.ts';
import { isOwnPath } from '../../iam/escalation/paths.ts';
import type { LatentPath, OpenPath } from '../../iam/escalation/question.ts';
import type { AccessSummary, ActionList } from '../../iam/summary/summary.ts';
import { distinct } from '../../lists.ts';
import { type Fact, type Facts, later, orUnknown, partly } from '../facts.ts';

/** What a session can do, as fields; the same for a role by itself and for a path. */
export function accessFacts(access: AccessSummary): Facts {
  const { admin, adminEquivalent, missing } = access;
  const list = (values: readonly string[]) => (missing.length === 0 ? values : partly(values));
  return {
    admin: orUnknown(admin.truth),
    admin_equivalent: orUnknown(adminEquivalent.truth),
    standing: standingOf({ admin, adminEquivalent }),
    admin_by: later(() => (adminEquivalent.truth === undefined ? partly(adminEquivalent.by) : adminEquivalent.by)),
    admin_if: conditionTexts(adminEquivalent.conditions),
    refuses: admin.exception && `${admin.exception.action} on ${admin.exception.resource}`,
    actions: later(() => ({ possible: access.actions.possible, certain: access.actions.certain })),
    levels: later(() => levelFacts(access.actions)),
    services: later(() => list(access.services)),
    data_read: later(() => listFacts(access.dataRead)),
    credential_exposure: later(() => listFacts(access.credentials)),
    resource_exposure: later(() => listFacts(access.exposure)),
    unread: missing,
  };
}

/** The same in one word, which is always known: a rule can ask for what is not an administrator for certain. */
function standingOf({ admin, adminEquivalent }: Pick<AccessSummary, 'admin' | 'adminEquivalent'>): string {
  if (admin.truth === true) return 'admin';
  if (adminEquivalent.truth === true) return 'admin_equivalent';
  return adminEquivalent.truth === undefined ? 'unsettled' : 'limited';
}

function levelFacts({ byLevel }: AccessSummary['actions']): Facts {
  return Object.fromEntries([...byLevel].map(([level, count]) => [snakeCase(level), count]));
}

function listFacts({ count, first }: ActionList): Facts {
  return { count, actions: first };
}

function snakeCase(text: string): string {
  return text.toLowerCase().replaceAll(' ', '_');
}

export function escalationFacts({ escalation, adminEquivalent }: AccessSummary): Facts {
  const { open, dominated, latent } = escalation;
  const makesAdmin = ({ path }: OpenPath) => adminEquivalent.by.includes(path.id);
  const possible = [...open, ...dominated].filter(each => !each.certain);
  return {
    id: certainIds(open),
    possible: distinct(possible.map(({ path }) => path.id)),
    also: certainIds(dominated),
    latent: certainIds(latent),
    target: targetsOf(open),
    evidence: [...[...open, ...dominated].filter(makesAdmin), ...open.filter(each => !makesAdmin(each))].map(
      evidenceOf,
    ),
  };
}

/** Of those that are open for certain; partly known where others only may be. */
function targetsOf(open: readonly OpenPath[]): Fact {
  const targets = distinct(open.filter(({ certain }) => certain).flatMap(each => each.targets));
  return open.every(({ certain }) => certain) ? targets : partly(targets);
}

/** Partly known where some only may be. */
function certainIds(paths: readonly (OpenPath | LatentPath)[]): Fact {
  const ids = paths.filter(({ certain }) => certain).map(({ path }) => path.id);
  return ids.length === paths.length ? ids : partly(ids);
}

export function lateralFacts({ lateral }: AccessSummary): Facts {
  const arns = lateral.map(({ role }) => role.arn);
  const isAll = lateral.length < MOST_ROLES && lateral.every(each => each.certain);
  return { role: isAll ? arns : partly(arns) };
}

/** `iam-005: Writes an inline policy …: iam:PutRolePolicy on arn:… (statement 1 of deploy)`, and what it hangs on. */
function evidenceOf({ path, held, targets, assuming }: OpenPath): string {
  const permissions = path.permissions.map(permission => {
    const own = held.find(each => each.permission === permission);
    return own === undefined ? `${permission.action} by the trust policy of the target` : permissionText(own);
  });
  const conditions = conditionTexts(held.flatMap(each => each.conditions));
  return [
    `${path.id}${isOwnPath(path) ? " (Postern's own)" : ''}: ${path.says.replace(/\.$/, '')}: ${permissions.join('; ')}`,
    ...(targets.length > 0 ? [`to ${targets.join(', ')}`] : []),
    ...(assuming === undefined ? [] : [assuming]),
    ...(conditions.length === 0 ? [] : [`if ${conditions.join(' and ')}`]),
  ].join('; ');
}

function permissionText({ permission: { action }, resource, statements, missing, certain }: Held): string {
  const by = statements.map(({ policy, statement }) => `statement ${statement.at + 1} of ${policy}`).join(', ');
  const perhaps = certain || missing.length === 0 ? '' : `perhaps, for ${missing.join(' and ')} could not be read`;
  const why = by === '' ? perhaps : by;
  return `${action} on ${resource}${why === '' ? '' : ` (${why})`}`;
}

/** `aws:SourceIp IpAddress 10.0.0.0/8 (Allow in deploy)`. */
function conditionTexts(conditions: readonly PlacedCondition[]): readonly string[] {
  return distinct(
    conditions.map(
      ({ key, operator, values, effect, policy }) =>
        `${key} ${operator} ${values.join(' or ')} (${effect} in ${policy})`,
    ),
  );
}
