import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/documents/document.ts';
import { bodyOf, type Facts, later, partly, UNKNOWN } from '../../src/documents/facts.ts';
import { isUnknownAt, unknownFor } from '../../src/documents/path.ts';
import { withMore } from '../../src/documents/unknown.ts';

/** A body with a part that waits, and how often it was worked out. */
function waiting(part: Facts): { readonly body: JsonObject; readonly made: () => number } {
  let made = 0;
  const body = bodyOf({
    role: {
      name: UNKNOWN,
      access: later(() => {
        made += 1;
        return part;
      }),
      arn: 'a',
    },
  });
  return { body, made: () => made };
}

const PART: Facts = { admin: UNKNOWN, services: partly(['s3']), deeper: later(() => ({ way: UNKNOWN })) };

describe('a part of a body that waits', () => {
  it.each<[field: string, made: number, unknown: readonly string[]]>([
    ['role.arn', 0, ['role.name']],
    ['role.name', 0, ['role.name']],
    ['role.accessible', 0, ['role.name']],
    ['role.access.admin', 1, ['role.name', 'role.access.admin', 'role.access.services']],
    ['role.access.deeper.way', 1, ['role.name', 'role.access.admin', 'role.access.services', 'role.access.deeper.way']],
    ['role.access', 1, ['role.name', 'role.access.admin', 'role.access.services', 'role.access.deeper.way']],
    ['role', 1, ['role.name', 'role.access.admin', 'role.access.services', 'role.access.deeper.way']],
    ['role.ac*', 1, ['role.name', 'role.access.admin', 'role.access.services', 'role.access.deeper.way']],
    ['role.access.ad*', 1, ['role.name', 'role.access.admin', 'role.access.services']],
    ['role.t*', 0, ['role.name']],
    ['*', 1, ['role.name', 'role.access.admin', 'role.access.services', 'role.access.deeper.way']],
  ])('%s: made %d times', (field, times, unknown) => {
    const { body, made } = waiting(PART);
    expect(unknownFor(body, [field])).toEqual(unknown);
    expect(unknownFor(body, [field])).toEqual(unknown);
    expect(made()).toBe(times);
  });

  it('goes on waiting in a body that is told more', () => {
    const { body, made } = waiting(PART);
    const more = { to: 'role', members: { expected: { declared: true } }, unknown: ['role.expected.differs'] };
    const told = withMore(body, more);
    expect(unknownFor(told, ['role.arn'])).toEqual(['role.name', 'role.expected.differs']);
    expect(made()).toBe(0);
    const role = { access: { services: ['s3'], deeper: {} }, arn: 'a', expected: { declared: true } };
    const unknown = ['access.admin', 'access.deeper.way', 'access.services', 'expected.differs', 'name'];
    expect(JSON.stringify(told)).toBe(JSON.stringify({ role, unknown: unknown.map(each => `role.${each}`) }));
    expect(body.role).not.toHaveProperty('expected');
    expect(made()).toBe(1);
  });

  it('reads as if it had been there all along', () => {
    const { body, made } = waiting(PART);
    const role = { access: { services: ['s3'], deeper: {} }, arn: 'a' };
    const unknown = ['role.access.admin', 'role.access.deeper.way', 'role.access.services', 'role.name'];
    expect(JSON.stringify(body)).toBe(JSON.stringify({ role, unknown }));
    expect(body).toEqual({ role, unknown });
    expect(made()).toBe(1);
  });

  it.each<[path: string, is: boolean]>([
    ['role.access.admin', true],
    ['role.access.services', true],
    ['role.access.deeper.way.on', true],
    ['role.access.missing', false],
    ['role.arn', false],
  ])('%s is unknown: %s', (path, is) => {
    expect(isUnknownAt(waiting(PART).body, path)).toBe(is);
  });

  it('may be a list, of which some is not known', () => {
    const body = bodyOf({ anchors: later(() => partly([{ name: 'a', open: UNKNOWN }])) });
    expect(body).toEqual({ anchors: [{ name: 'a' }], unknown: ['anchors', 'anchors.open'] });
  });
});
