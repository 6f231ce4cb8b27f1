import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/documents/document.ts';
import { bodyOf, type Facts, later, partly, UNKNOWN } from '../../src/documents/facts.ts';
import { isItselfUnknown, isUnknownAt, unknownsOf, waitingFor } from '../../src/documents/path.ts';
import { withMore } from '../../src/documents/unknown.ts';
import { touches, touchesPrefix } from '../../src/query/unknown.ts';

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
  it.each<[field: string, unknown: boolean, made: number, waits: number]>([
    ['role.arn', false, 0, 0],
    ['role.name', true, 0, 0],
    ['role.accessible', false, 0, 0],
    ['role.access.admin', true, 1, 1],
    ['role.access.levels', false, 1, 1],
    ['role.access.deeper.way', true, 1, 1],
    ['role.access.deeper.other', false, 1, 1],
    ['role.access', true, 1, 1],
    ['role', true, 0, 1],
    ['role.ac*', true, 1, 1],
    ['role.access.ad*', true, 1, 1],
    ['role.t*', false, 0, 0],
    ['*', true, 0, 1],
  ])('%s: unknown %s, made %d times', (field, unknown, times, waits) => {
    const { body, made } = waiting(PART);
    const [head = ''] = field.split('*', 1);
    const isAsked = head === field ? touches(field, true) : touchesPrefix(head);
    expect(unknownsOf(body).some(isAsked)).toBe(unknown);
    expect(unknownsOf(body).some(isAsked)).toBe(unknown);
    expect(made()).toBe(times);
    expect(waitingFor(body, [field])).toBe(waits);
  });

  it.each<[path: string, itself: boolean]>([
    ['role.name', true],
    ['role.access.admin', true],
    ['role.access.admin.more', false],
    ['role.access.deeper.way', true],
    ['role.access', false],
  ])('%s is itself unknown: %s', (path, itself) => {
    expect(isItselfUnknown(waiting(PART).body, path)).toBe(itself);
  });

  it('goes on waiting in a body that is told more', () => {
    const { body, made } = waiting(PART);
    const more = { to: 'role', members: { expected: { declared: true } }, unknown: ['role.expected.differs'] };
    const told = withMore(body, more);
    expect(isUnknownAt(told, 'role.name')).toBe(true);
    expect(isUnknownAt(told, 'role.expected.differs')).toBe(true);
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
