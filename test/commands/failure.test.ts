import { expect, it } from 'vitest';
import { userText } from '../../src/commands/failure.ts';
import { UserError } from '../../src/errors.ts';

it.each<[message: string, about: { where?: string; hint?: string }, text: string]>([
  ['logs/a does not exist', { where: 'logs/a', hint: 'Name files.' }, 'postern: logs/a does not exist\n  Name files.'],
  ['a\nb does not exist', { where: 'a\nb' }, 'postern: a\\nb does not exist'],
  ['two\nlines', {}, 'postern: two\nlines'],
  ['x\u001b[2J is no file', { where: 'x\u001b[2J' }, 'postern: x\\x1b[2J is no file'],
])('%j', (message, about, text) => {
  expect(userText(new UserError(message, about))).toBe(text);
});
