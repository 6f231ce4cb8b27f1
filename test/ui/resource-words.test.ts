import { expect, test } from 'vitest';
import type { DocumentKind } from '../../src/documents/document.ts';
import { resourceCell } from '../../src/ui/resource-words.ts';
import { breakIn } from './audits.ts';
import { pressed, screenOf, stateOf } from './frames.ts';

test.each<[DocumentKind, string, string]>([
  ['subject', 'CN=web-1.example,OU=Web,O=Acme', 'subject web-1.example'],
  ['subject', 'CN=Acme\\, Inc,OU=Web', 'subject Acme\\, Inc'],
  ['subject', 'OU=Web,CN=web-1', 'subject OU=Web,CN=web-1'],
  ['subject', 'CN=', 'subject CN='],
  ['subject', 'CN=a\nb', 'subject a\\nb'],
  ['role', 'CN=deploy', 'role CN=deploy'],
])('%s %s: %s', (kind, name, expected) => {
  const { text } = resourceCell({ kind, id: 'x', name, account: '111122223333', region: 'eu-west-1' });
  expect(text).toBe(expected);
});

test('subjects whose names end alike can be told apart in a narrow list', () => {
  const audit = breakIn();
  const findings = [1, 2, 3].map(number => ({
    ...audit.findings[0]!,
    id: String(number),
    resource: {
      ...audit.findings[0]!.resource,
      kind: 'subject' as const,
      name: `CN=web-${number}.dub.example,O=Acme Ltd`,
    },
  }));
  const lines = screenOf(pressed(stateOf({ ...audit, findings }, { columns: 60, rows: 24 }), '2'));
  expect(lines.filter(line => /subject web-[123]/.test(line))).toHaveLength(3);
});
