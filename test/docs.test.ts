import { expect, test } from 'vitest';
import { helpText } from '../src/commands/help.ts';
import { FIELDS, KINDS } from '../src/documents/fields.ts';
import { COMMANDS } from '../src/options.ts';

/** docs/ is generated: `npx vitest run test/docs.test.ts -u` writes it anew. */

test('docs/cli.md is what --help says', async () => {
  const sections = COMMANDS.map(({ name }) => `## ${`postern ${name}`.trim()}\n\n\`\`\`\n${helpText(name)}\`\`\``);
  const text = `# Commands and flags\n\nGenerated from the program's own table.\n\n${sections.join('\n\n')}\n`;
  await expect(text).toMatchFileSnapshot('../docs/cli.md');
});

test('docs/fields.md is the vocabulary', async () => {
  const sections = KINDS.map(kind => {
    const rows = FIELDS[kind].map(({ name, type, says, source }) => `| \`${name}\` | ${type} | ${says} | ${source} |`);
    return `## ${kind}\n\n| field | type | what it says | source |\n|---|---|---|---|\n${rows.join('\n')}`;
  });
  const text = `# Fields\n\nWhat rules and filters may ask of each kind of document. Generated from the vocabulary.\n\n${sections.join('\n\n')}\n`;
  await expect(text).toMatchFileSnapshot('../docs/fields.md');
});
