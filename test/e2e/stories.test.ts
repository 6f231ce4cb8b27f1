import { describe, expect, test } from 'vitest';
import { NOW, postern } from './run.ts';

/** The whole street over HTTP, story by story: what a pipeline prints, and what it exits with. */
const STORIES: readonly (readonly [string, number])[] = [
  ['break-in', 2],
  ['tidy', 0],
  ['fleet', 2],
  ['denied', 2],
  ['empty', 0],
  ['large=40', 2],
];

const golden = (story: string, format: string) => `../goldens/stories/${story.replace('=', '-')}.${format}`;

describe.each(STORIES)('story %s', (story, code) => {
  test('prints the report it always prints', async () => {
    const ran = await postern(['--ci', `--demo=${story}`, '--now', NOW]);
    await expect(ran.stdout).toMatchFileSnapshot(golden(story, 'txt'));
    expect(ran.code).toBe(code);
  });

  test('prints the JSON it always prints', async () => {
    const ran = await postern(['--ci', `--demo=${story}`, '--now', NOW, '--format', 'json']);
    expect(JSON.parse(ran.stdout)).toMatchObject({ postern: 'report/1', generatedAt: '2026-11-23T09:00:00.000Z' });
    await expect(ran.stdout).toMatchFileSnapshot(golden(story, 'json'));
    expect(ran.code).toBe(code);
  });
});
