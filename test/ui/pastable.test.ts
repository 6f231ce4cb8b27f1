import { expect, test } from 'vitest';
import { fixer } from '../../src/rules/fix.ts';
import { pastable } from '../../src/ui/pastable.ts';

const cli = ['aws iam get-role --role-name {{name}}', 'aws iam delete-role --role-name {{name}} # of {{name}}'].join(
  '\n',
);
const terraform = 'name = "{{name}}" # instead of "{{name}}"\nenabled = false';

/** What a rule's fix for a thing of that name becomes. */
const fixFor = (name: string) => fixer({ text: '', cli, terraform })({ name });

test.each<[string, string]>([
  ['deploy', 'deploy'],
  ['a b', "'a b'"],
  ["it's", "'it'\\''s'"],
  ['a\nrm -rf ~', `"$(printf 'a\\012rm -rf ~')"`],
  ["a'\nrm -rf ~", `"$(printf 'a\\047\\012rm -rf ~')"`],
  ["\\'\nrm -rf ~\n'", `"$(printf '\\134\\047\\012rm -rf ~\\012\\047')"`],
  ['a\r\x1b[201~rm -rf ~\t\u202e', `"$(printf 'a\\015\\033[201~rm -rf ~\\011\\u202e')"`],
])('commands on %j are two lines, and every character is seen', (name, quoted) => {
  expect(pastable(fixFor(name).cli!)).toBe(
    `aws iam get-role --role-name ${quoted}\naws iam delete-role --role-name ${quoted} # of ${quoted}`,
  );
});

test.each(['deploy', 'a\nb', 'a"\n', 'a\r\x1b[201~\u2028b', "it's"])('Terraform on %j is two lines', name => {
  const text = pastable(fixFor(name).terraform!);
  expect(text.split('\n')).toHaveLength(2);
  expect(text).not.toMatch(/[^\n\x20-\x7e]/);
});
