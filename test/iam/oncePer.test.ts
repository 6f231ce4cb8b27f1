import { expect, it } from 'vitest';
import { oncePer } from '../../src/memo/oncePer.ts';

it('answers once for each object, also where the answer is undefined', () => {
  const asked: object[] = [];
  const [one, other] = [{ name: 'one' }, { name: undefined }];
  const nameOf = oncePer((object: { readonly name: string | undefined }) => {
    asked.push(object);
    return object.name;
  });
  expect([one, other, one, other].map(nameOf)).toEqual(['one', undefined, 'one', undefined]);
  expect(asked).toEqual([one, other]);
});
