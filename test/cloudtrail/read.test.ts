import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type ReadProblem, readRecords } from '../../src/cloudtrail/read.ts';
import type { ReadLimits } from '../../src/cloudtrail/values.ts';
import { UserError } from '../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'postern-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [A, B, C] = ['A', 'B', 'C'].map(eventName => ({ eventName, eventID: `id-${eventName}` }));
const LOG = JSON.stringify({ Records: [A, B, C] });
const LOOKUP = { Events: [A, B, C].map(record => ({ EventId: 'x', CloudTrailEvent: JSON.stringify(record) })) };

describe('records that nobody wants', () => {
  const record = (eventName: string) => ({ eventName, eventSource: 'x', eventTime: '2026-05-04T00:00:00Z' });
  const records = ['a', 'b', 'a', 'c', 'a'].map(record);

  it.each<[name: string, content: string, left: string]>([
    ['a log file', JSON.stringify({ Records: records }), 'b2 c4'],
    ['a list', JSON.stringify(records), 'b2 c4'],
    ['NDJSON', records.map(each => JSON.stringify(each)).join('\n'), 'b2 c4'],
    [
      'NDJSON of log files',
      `${JSON.stringify({ Records: records })}\n${JSON.stringify({ Records: records })}`,
      'b2 c4 b7 c9',
    ],
    ['NDJSON of wrapped records', records.map(detail => JSON.stringify({ detail })).join('\n'), 'a1 b2 a3 c4 a5'],
    [
      'a log file with line ends, which is parsed whole',
      JSON.stringify({ Records: records }, undefined, 1),
      'a1 b2 a3 c4 a5',
    ],
  ])('are left out and counted: %s', async (_, content, left) => {
    const file = join(folder, 'wanted.json');
    writeFileSync(file, content);
    const found: string[] = [];
    const wants = ({ eventName }: { eventName: string }) => eventName !== 'a';
    for await (const {
      record: { eventName },
      position,
    } of readRecords([file], { onProblem: fail, wants }))
      found.push(`${eventName}${position.record}`);
    // The first line of NDJSON is parsed before it is known to be one.
    expect(found.filter(each => each !== 'a1' || left.startsWith('a1')).join(' ')).toBe(left);
  });

  function fail(problem: ReadProblem): never {
    throw new Error(problem.message);
  }
});

describe('what is in a file', () => {
  it.each<[name: string, content: string | Buffer, names: string, problems?: string[]]>([
    ['a log file', LOG, 'ABC'],
    ['a log file with line ends', JSON.stringify(JSON.parse(LOG), undefined, 2), 'ABC'],
    ['gzip', gzipSync(LOG), 'ABC'],
    ['gzip in two members', Buffer.concat([gzipSync(LOG.slice(0, 30)), gzipSync(LOG.slice(30))]), 'ABC'],
    ['gzip and padding', Buffer.concat([gzipSync(LOG), Buffer.alloc(300_000)]), 'ABC'],
    ['gzip and rubbish', Buffer.concat([gzipSync(LOG), Buffer.alloc(300_000, 'x')]), 'ABC', ['incorrect header check']],
    [
      'gzip, then a broken second member',
      Buffer.concat([gzipSync(LOG), Buffer.from([0x1f, 0x8b, 9, 9]), Buffer.alloc(300_000)]),
      'ABC',
      ['unknown compression method'],
    ],
    ['a list', JSON.stringify([A, B]), 'AB'],
    ['a list with line ends', JSON.stringify([A, B], undefined, 1), 'AB'],
    ['one record', JSON.stringify(A), 'A'],
    ['one record with line ends', JSON.stringify(A, undefined, 2), 'A'],
    ['NDJSON', `${JSON.stringify(A)}\n\n${JSON.stringify(B)}\r\n`, 'AB'],
    ['NDJSON of log files', `${LOG}\n${LOG}`, 'ABCABC'],
    [
      'records one after another, with line ends',
      [A, B].map(one => JSON.stringify(one, undefined, 2)).join('\n'),
      'AB',
    ],
    ['LookupEvents output', JSON.stringify(LOOKUP), 'ABC'],
    ['LookupEvents output, printed', JSON.stringify({ NextToken: 'x', ...LOOKUP }, undefined, 2), 'ABC'],
    ['a byte order mark', `\ufeff${LOG}`, 'ABC'],
    ['UTF-16', Buffer.from(`\ufeff${LOG}`, 'utf16le'), 'ABC'],
    ['nothing', '', ''],
    ['white space', ' \n\n ', ''],
    ['an empty log file', '{"Records":[]}', ''],
    ['a bad line', `${JSON.stringify(A)}\nnot json\n${JSON.stringify(B)}`, 'AB', ['2: not JSON']],
    ['a bad first line', `not json\n${JSON.stringify(B)}`, 'B', ['1: not JSON']],
    ['a cut first line', `{"eventName": "A", "x\n${JSON.stringify(B)}`, 'B', ['1: not JSON']],
    ['only a bad line', 'hello', '', ['1: not JSON']],
    ['a cut log file', LOG.slice(0, -10), 'AB', ['1: not JSON']],
    [
      'a cut log file with line ends',
      JSON.stringify(JSON.parse(LOG), undefined, 2).slice(0, -30),
      'AB',
      ['1: not JSON'],
    ],
    ['a cut record', '{"eventName": "A", "resources": [{"eventName": "B"}]', '', ['1: not JSON']],
    ['a cut gzip', gzipSync(LOG).subarray(0, -12), 'AB', ['1: not JSON', 'unexpected end of file']],
    ['a gzip without its end', gzipSync(LOG).subarray(0, -8), 'ABC', ['unexpected end of file']],
    [
      'a damaged gzip',
      Buffer.concat([gzipSync(LOG).subarray(0, 10), Buffer.alloc(20, 0xff)]),
      '',
      ['invalid block type'],
    ],
    [
      'records that are none',
      '{"Records":[null, 1, [], {"eventName":"A"}]}',
      'A',
      ['1: null is not', '1: a number is not', '1: a list is not'],
    ],
    ['some other object', '{"a": 1}', '', ['1: this object has none']],
    ['other objects in a log file', '{"Records":[{"a":1},{"eventName":"A"}]}', 'A', ['1: this object has none']],
    ['an event as EventBridge delivers it', JSON.stringify(delivered(A)), 'A'],
    ['events as EventBridge delivers them', [A, B].map(one => JSON.stringify(delivered(one))).join('\n'), 'AB'],
    ['a log file of events from EventBridge', JSON.stringify({ Records: [A, B].map(delivered) }), 'AB'],
    [
      'something else from EventBridge',
      JSON.stringify(delivered({ state: 'running' })),
      '',
      ['1: this object has none'],
    ],
    [
      'a CloudTrailEvent inside another',
      JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(LOOKUP.Events[0]) }] }),
      '',
      ['1: this object has none'],
    ],
    [
      'a CloudTrailEvent that is broken',
      '{"Events":[{"CloudTrailEvent":"{"}]}',
      '',
      ['1: its CloudTrailEvent is not JSON'],
    ],
    ['a digest file', '{"awsAccountId":"1","digestS3Object":"x","digestEndTime":"x"}', '', ['1 digest record skipped']],
    [
      'Insight records',
      '{"Records":[{"insightDetails":{}},{"eventCategory":"Insight"},{"eventName":"A"}]}',
      'A',
      ['2 Insight records skipped'],
    ],
  ])('%s', async (_, content, names, problems = []) => {
    const file = fileOf(content);
    const read = await readAll([file]);
    expect(read.names).toBe(names);
    expect(read.problems.map(said)).toEqual(problems.map(text => expect.stringContaining(text)));
    for (const problem of read.problems) expect(problem.file).toBe(file);
  });

  it('a log file cut anywhere gives the records before the cut, and is told', async () => {
    for (const [text, step] of [
      [LOG, 1],
      [JSON.stringify(JSON.parse(LOG), undefined, 1), 7],
    ] as const) {
      for (let end = 1; end < text.length; end += step) {
        const whole = ['A', 'B', 'C'].filter(name => text.slice(0, end).includes(`id-${name}"}`));
        const { names, problems } = await readAll([fileOf(text.slice(0, end))]);
        expect('ABC'.startsWith(names)).toBe(true);
        if (step === 1) expect(names).toBe(whole.join(''));
        expect(problems.length).toBe(1);
      }
    }
  });

  it('records keep their place', async () => {
    const { places } = await readAll([fileOf(`${JSON.stringify(A)}\n5\n${JSON.stringify([B, C])}`)]);
    expect(places).toEqual([
      { line: 1, record: 1 },
      { line: 3, record: 2 },
      { line: 3, record: 3 },
    ]);
  });

  it('a hundred bad lines are told one by one, the rest as a number', async () => {
    const { problems } = await readAll([fileOf(`{}\n${'x\n'.repeat(250)}`)]);
    expect(problems).toHaveLength(102);
    expect(problems.at(-1)?.message).toBe('150 more places are not JSON');
  });

  it('the place of a bad record is told, and what stands round it comes', async () => {
    const text = JSON.stringify({ Records: [A, { eventName: 'x' }, C] }).replace('"x"', 'x');
    const { names, problems } = await readAll([fileOf(`\n${text}`)]);
    expect(names).toBe('AC');
    expect(problems).toMatchObject([{ kind: 'unreadable', line: 2, offset: text.indexOf('{"eventName":x') }]);
  });
});

describe('limits', () => {
  it.each<[string, string | Buffer, Partial<ReadLimits>, string, string]>([
    [
      'what a file may unpack to',
      gzipSync(`${JSON.stringify(A)}\n${'0'.repeat(3_000_000)}`),
      { unpacked: 1_000_000 },
      'A',
      'unpacks to more than 1000000 bytes',
    ],
    [
      'how far a file may have been packed',
      packed(`${JSON.stringify(A)}\n`, ' ', 70_000_000),
      {},
      'A$',
      'unpacks to more than 200 times its size',
    ],
    ['one line', `${JSON.stringify(A)}\n${'0'.repeat(70_000)}`, { text: 60_000 }, 'A', 'longer than 60000 bytes'],
    [
      'one record',
      `[\n${JSON.stringify(A)},\n${JSON.stringify({ ...B, note: 'x'.repeat(500) })},\n${JSON.stringify(C)}]`,
      { text: 400 },
      'AC$',
      'longer than 400 bytes',
    ],
    ['one text', `{"x":"${'x'.repeat(500)}","Records":[${JSON.stringify(A)}]}`, { text: 400 }, 'A$', 'longer than 400'],
    ['values that are no records', `[${JSON.stringify(A)}${',{}'.repeat(300)}]`, { others: 200 }, 'A$', 'is not read'],
    ['lines that are no JSON', `${JSON.stringify(A)}\n${'x\n'.repeat(300)}`, { others: 200 }, 'A$', 'is not read'],
    ['how deep JSON nests', `[${'['.repeat(1e6)}`, {}, '$', 'nested deeper than 1000 levels'],
  ])('%s', async (_, content, limits, names, message) => {
    const read = await readAll([fileOf(content)], { ...DEFAULT_LIMITS, ...limits });
    expect(read.names).toMatch(new RegExp(`^${names}`));
    expect(read.problems.map(problem => problem.message).join('\n')).toContain(message);
  });
});

describe('files made to keep the reader busy', () => {
  it.each<[name: string, head: string, unit: string]>([
    ['objects side by side', '', '{}'],
    ['a list of empty objects', '[', '{},'],
    ['a log file of numbers', '{"Records":[', '1,'],
    ['lines of empty objects', '', '{}\n'],
    ['lines of brackets', '', '{\n'],
    ['lines of quotes', '', '"\n'],
    ['empty lines', '', '\n'],
    ['commas', '[', ','],
    ['lists in lists', '', '['],
    ['brackets that close nothing', '', '}'],
    ['quotes', '', '"'],
    ['backslashes in a string', '["', '\\'],
    ['one member after another', '{"eventName":"x"', ',"a":{}'],
  ])(
    '%s: seconds, little memory, few problems',
    async (_, head, unit) => {
      const { names, problems } = await readAll([fileOf(packed(head, unit, 8_000_000))]);
      expect(names).toBe('');
      expect(problems.length).toBeLessThan(110);
    },
    20_000,
  );
});

/** Gzip of as many characters, which are never all in memory. */
function packed(head: string, unit: string, length: number): Buffer {
  const block = unit.repeat(Math.ceil(1_000_000 / unit.length));
  const members = Array.from({ length: Math.ceil(length / block.length) }, () => gzipSync(block));
  return Buffer.concat([gzipSync(head), ...members]);
}

describe('paths', () => {
  const tree = join(folder, 'tree');
  mkdirSync(join(tree, 'b', 'deep'), { recursive: true });
  writeFileSync(join(tree, 'c.json'), JSON.stringify(C));
  writeFileSync(join(tree, 'a.json.gz'), gzipSync(JSON.stringify(A)));
  writeFileSync(join(tree, 'b', 'deep', 'no-extension'), JSON.stringify(B));
  writeFileSync(join(tree, 'b', '.hidden'), JSON.stringify(B));
  writeFileSync(join(tree, 'b', 'README.md'), '# not a log');
  symlinkSync(tree, join(tree, 'b', 'loop'));

  it('folders are read whole, in the order of names, without going round in circles', async () => {
    const { names, problems } = await readAll([tree]);
    expect(names).toBe('ABC');
    expect(problems).toEqual([{ kind: 'skipped', file: join(tree, 'b', 'README.md'), message: 'skipped: not JSON' }]);
  });

  it('a folder that many links lead to is read once', async () => {
    const top = join(folder, 'fan');
    mkdirSync(top);
    const depths = Array.from({ length: 20 }, (_, depth) => join(top, `d${depth}`));
    for (const [i, path] of depths.entries()) {
      mkdirSync(path);
      const next = depths[i + 1];
      if (next !== undefined) for (const name of ['a', 'b']) symlinkSync(next, join(path, name));
    }
    writeFileSync(join(top, 'd19', 'last.json'), JSON.stringify(A));
    expect((await readAll([join(top, 'd0')])).names).toBe('A');
  });

  it.skipIf(process.platform === 'win32')('a pipe in a folder is skipped, one that is named is read', async () => {
    const place = join(folder, 'pipes');
    mkdirSync(place);
    writeFileSync(join(place, 'a.json'), JSON.stringify(A));
    const pipe = join(place, 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    const { names, problems } = await readAll([place]);
    expect(names).toBe('A');
    expect(problems).toEqual([{ kind: 'skipped', file: pipe, message: 'skipped: a pipe, not a file' }]);
    const [read] = await Promise.all([readAll([pipe]), writeFile(pipe, JSON.stringify(B))]);
    expect(read.names).toBe('B');
  });

  it.skipIf(!existsSync('/proc/self/fd'))('files are closed when they are read (counted on Linux)', async () => {
    const many = join(folder, 'many');
    mkdirSync(many);
    for (let i = 0; i < 200; i++) writeFileSync(join(many, `${i}.json.gz`), gzipSync(LOG));
    const before = readdirSync('/proc/self/fd').length;
    await readAll([many]);
    expect(readdirSync('/proc/self/fd').length - before).toBeLessThan(20);
  });

  it('a folder is listed when its turn comes: the names of a year of files are never all in memory', async () => {
    const year = join(folder, 'year');
    for (const day of ['1', '2']) mkdirSync(join(year, day), { recursive: true });
    for (let i = 0; i < 9; i++) writeFileSync(join(year, '1', `a${i}.json`), JSON.stringify(A));
    const names: unknown[] = [];
    for await (const { record } of readRecords([year], { onProblem() {} })) {
      names.push(record.eventName);
      writeFileSync(join(year, '2', 'b.json'), JSON.stringify(B));
    }
    expect(names.join('')).toBe('AAAAAAAAAB');
  });

  it('several paths come in the order given', async () => {
    expect((await readAll([join(tree, 'c.json'), join(tree, 'a.json.gz')])).names).toBe('CA');
  });

  it('a path that is not there is an error before anything is read', async () => {
    await expect(readAll([tree, join(folder, 'nowhere')])).rejects.toThrow(UserError);
    await expect(readAll([join(tree, 'c.json', 'x')])).rejects.toThrow('does not exist');
  });

  it('reading may stop at any record', async () => {
    for await (const { record } of readRecords([tree], { onProblem() {} })) {
      expect(record.eventName).toBe('A');
      break;
    }
  });
});

/** EventBridge's envelope (Amazon EventBridge user guide, "AWS service events delivered via CloudTrail"). */
function delivered(detail: object | undefined) {
  return { version: '0', 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.rolesanywhere', detail };
}

let files = 0;

function fileOf(content: string | Buffer): string {
  const file = join(folder, `file-${files++}`);
  writeFileSync(file, content);
  return file;
}

async function readAll(paths: readonly string[], limits: ReadLimits = DEFAULT_LIMITS) {
  const problems: ReadProblem[] = [];
  const read = [];
  for await (const one of readRecords(paths, { onProblem: problem => problems.push(problem), limits })) read.push(one);
  return { names: read.map(one => one.record.eventName).join(''), places: read.map(one => one.position), problems };
}

function said({ line, message }: ReadProblem): string {
  return line === undefined ? message : `${line}: ${message}`;
}
