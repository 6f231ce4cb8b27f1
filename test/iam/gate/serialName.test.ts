import { expect, it } from 'vitest';
import { isNamedBySerial } from '../../../src/iam/gate/serialName.ts';
import { allow, CN, gate, OU, PINNED } from './build.ts';

const NAME = 'sts:RoleSessionName';
const named = (value: string | readonly string[], operator = 'StringEquals') =>
  allow({ ...PINNED, [operator]: { [NAME]: value } });

it.each<readonly [string, readonly object[], boolean]>([
  ['the CN', [named(`\${${CN}}`)], true],
  ['the CN in a longer name', [named(`node-\${${CN}}`, 'StringLike')], true],
  ['the CN or the OU', [named([`\${${CN}}`, `\${${OU}}`])], true],
  ['the other way round', [allow({ ...PINNED, StringEquals: { [CN]: `\${${NAME}}` } })], true],
  ['the CN or a number', [named([`\${${CN}}`, '0aff'])], false],
  ['not the CN', [named(`\${${CN}}`, 'StringNotEquals')], false],
  ['a number', [named('0aff')], false],
  ['the CN here, a name there', [named(`\${${CN}}`), allow({ ...PINNED, StringEquals: { [CN]: 'host-1' } })], false],
  ['nothing', [allow(PINNED)], false],
])('the session is to be called %s, and is called by the serial number', (_, statements, expected) => {
  expect(isNamedBySerial(gate(statements, { acceptsSessionName: false }).certificates)).toBe(expected);
});

it('does not speak where callers choose the name', () => {
  const terms = gate([named(`\${${CN}}`)], { acceptsSessionName: true }).certificates;
  expect(isNamedBySerial(terms)).toBe(false);
});
