import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { FORMAT_NAMES, formatNamed } from '../../src/report/formats.ts';
import { CLEAN_REPORT, NARROW_REPORT, REPORT } from './sample.ts';

const PLAIN = { colour: false, width: 80 };

describe.each(FORMAT_NAMES)('%s', async name => {
  const format = await formatNamed(name);

  it.each([
    ['sample', REPORT],
    ['clean', CLEAN_REPORT],
    ['narrow', NARROW_REPORT],
  ])('%s report', async (which, report) => {
    await expect(format(report, PLAIN)).toMatchFileSnapshot(`../goldens/report/${which}.${name}.txt`);
  });

  it('ends with one line end and holds nothing that a terminal or a CI runner acts on', () => {
    const text = format(REPORT, PLAIN);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).not.toMatch(/^\s*::|##\[|##vso\[/m);
  });
});

describe('the text', () => {
  it.each([40, 80, 120, 200])('is at most %i columns wide, but for what may not be broken', async width => {
    const lines = (await formatNamed('text'))(REPORT, { colour: false, width }).split('\n');
    const running = lines.filter(line => /^( {3}| {5})\S/.test(line) && !line.startsWith('   read '));
    expect(running.length).toBeGreaterThan(20);
    expect(running.filter(line => stringWidth(line) > width && !/\S{30}/.test(line))).toEqual([]);
  });

  it('never breaks an ARN', async () => {
    const text = (await formatNamed('text'))(REPORT, { colour: false, width: 40 });
    for (const { resource } of REPORT.findings) expect(text).toContain(resource.id);
  });

  it('is the same in colour, colours aside', async () => {
    const text = await formatNamed('text');
    const coloured = text(REPORT, { colour: true, width: 80 });
    expect(coloured).toContain('\x1b[31m');
    expect(coloured.replaceAll(/\x1b\[\d+m/g, '')).toBe(text(REPORT, PLAIN));
  });
});

it('the JSON is the report', async () => {
  const json = await formatNamed('json');
  expect(JSON.parse(json(REPORT, PLAIN))).toEqual(JSON.parse(JSON.stringify(REPORT)));
});

it("a format that is not there is the user's error", async () => {
  await expect(formatNamed('yaml')).rejects.toThrow(UserError);
});
