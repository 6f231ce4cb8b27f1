import { describe, expect, test } from 'vitest';
import { helpText } from '../../src/commands/help.ts';
import { parseCommandLine } from '../../src/commands/parse.ts';
import { nowOf, secondsOf, wholeNumberOf } from '../../src/commands/values.ts';
import { COMMANDS, FLAGS, type Options } from '../../src/options.ts';

const parse = (line: string) => parseCommandLine(line.split(' ').filter(word => word !== ''));

describe('a command line is read', () => {
  const cases: readonly (readonly [string, string, readonly string[], Partial<Options>])[] = [
    ['', '', [], { ci: false, demo: undefined, since: '90d', failOn: 'low', format: 'text', region: [] }],
    ['--ci', '', [], { ci: true }],
    ['--demo', '', [], { demo: 'break-in' }],
    ['--demo=fleet --ci', '', [], { demo: 'fleet', ci: true }],
    ['--region eu-west-1 --region us-east-1,us-west-2', '', [], { region: ['eu-west-1', 'us-east-1', 'us-west-2'] }],
    ['query --demo profile.enabled:true', 'query', ['profile.enabled:true'], { demo: 'break-in' }],
    ['--demo query x:y', 'query', ['x:y'], { demo: 'break-in' }],
    ['replay a b -', 'replay', ['a', 'b', '-'], {}],
    ['replay -- --odd-name', 'replay', ['--odd-name'], {}],
    ['rules explain anchor-expired --rules x', 'rules', ['explain', 'anchor-expired'], { rules: ['x'] }],
    ['--no-builtin-rules rules', 'rules', [], { noBuiltinRules: true }],
    ['--fail-on none --ci', '', [], { failOn: 'none' }],
    ['--ci --since 1d --demo --since 2d', '', [], { since: '2d', given: ['ci', 'since', 'demo'] }],
    ['--demo --region eu-west-1 --since 0', '', [], { given: ['demo', 'region', 'since'] }],
    ['--ci --demo --format json --output f --fail-on none', '', [], { output: 'f' }],
    ['--ci --since last', '', [], { since: 'last', state: '.postern-state.json' }],
    ['--ci --since last --state s.json', '', [], { state: 's.json' }],
    ['replay a --geoip b.mmdb --geoip c.mmdb', 'replay', ['a'], { geoip: ['b.mmdb', 'c.mmdb'] }],
    ['--from x --save y --now 2026-11-23', '', [], { from: 'x', save: 'y' }],
    ['query x:y --documents d --now 2026-11-23 --quiet', 'query', ['x:y'], { documents: 'd' }],
  ];

  test.each(cases)('%s', (line, command, words, options) => {
    expect(parse(line)).toMatchObject({ kind: 'run', command, arguments: words, options });
  });

  test.each([
    ['--version', { kind: 'version' }],
    ['-V', { kind: 'version' }],
    ['--help', { kind: 'help', command: '' }],
    ['query -h', { kind: 'help', command: 'query' }],
  ])('%s', (line, invocation) => {
    expect(parse(line)).toEqual(invocation);
  });
});

describe('what cannot be meant is refused, with a way on', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['--regoin eu-west-1', 'there is no flag --regoin', 'Did you mean: --region'],
    ['quer x', 'there is no command "quer"', 'Did you mean: postern query'],
    ['scan', 'there is no command "scan"', 'postern --ci audits an account'],
    ['fleet', 'there is no command "fleet"', 'a demo story is --demo=STORY'],
    ['--format yaml', '--format yaml: there is no such format', 'One of: text, json'],
    ['--fail-on severe', 'there is no such severity', 'critical, high, medium, low, info, none'],
    ['--save', '--save needs a value', undefined],
    ['--save= --ci', '--save needs a value', undefined],
    ['--from --ci', 'looks like a flag', 'Write --from=--ci'],
    ['--ci=yes', '--ci takes no value', undefined],
    ['replay', 'postern replay needs PATH', undefined],
    ['query a b', '"b" is one word too many', 'Put quotes'],
    ['replay x --save y', '--save means nothing to "postern replay"', 'postern, postern query'],
    ['query x --since last', '--since last goes with postern --ci', 'takes an age'],
    ['--ci --state s.json', '--state goes with --since last', '--since last --state FILE'],
    ['query x --documents d --geoip c.mmdb', '--geoip means nothing with --documents', undefined],
    ['rules --ci', '--ci means nothing to "postern rules"', undefined],
    ['-x', 'there is no flag -x', undefined],
    ['--__proto__ x', 'there is no flag --__proto__', undefined],
    ['constructor', 'there is no command "constructor"', undefined],
    ['--demo --from x', '--demo and --from contradict each other', 'Choose one source'],
    ['--ci --from x --profile y', '--from and --profile contradict each other', 'Choose one source'],
    ['doctor --demo --profile y', '--demo and --profile contradict each other', 'Choose one source'],
    ['--ci --from x --region eu-west-1', '--region means nothing with --from', 'beside --save'],
    ['--from x --since 90d', '--since means nothing with --from', 'when it was saved'],
    ['documents --call-budget 9 --since 0 --from x', '--call-budget and --since mean nothing with --from', undefined],
    ['query x:y --documents d --from s', '--from means nothing with --documents', 'Choose one source'],
    ['query x:y --documents d --rules r', '--rules means nothing with --documents', undefined],
    ['documents --events e --demo', '--demo means nothing with --events', 'Choose one source'],
    [
      '--demo --format json',
      '--format goes with --ci: the screen prints no report',
      'Use: postern --ci --demo --format json',
    ],
    [
      "--output it's --demo=fleet --fail-on critical --ascii --region a,b",
      '--output and --fail-on go with --ci',
      "Use: postern --ci --output 'it'\\''s' --demo=fleet --fail-on critical --region a --region b",
    ],
    ['documents --events e --now 2026-11-23', '--now means nothing with --events', undefined],
  ];

  test.each(cases)('%s', (line, message, hint) => {
    expect(() => parse(line)).toThrow(
      expect.objectContaining({
        name: 'UserError',
        message: expect.stringContaining(message),
        ...(hint === undefined ? {} : { hint: expect.stringContaining(hint) }),
      }),
    );
  });
});

describe('help', () => {
  test.each(COMMANDS.map(command => command.name))('of "postern %s" names all its flags and fits 80 columns', name => {
    const text = helpText(name);
    const command = COMMANDS.find(one => one.name === name);
    for (const flag of command?.flags ?? []) expect(text).toContain(`--${FLAGS[flag].name}`);
    expect(text.split('\n').filter(line => line.length > 80)).toEqual([]);
  });
});

describe('values', () => {
  test.each([
    ['90d', 7_776_000],
    ['12h', 43_200],
    ['30m', 1800],
    ['45s', 45],
    ['2w', 1_209_600],
    ['0', 0],
    ['0d', 0],
  ])('--since %s is %i seconds', (text, seconds) => {
    expect(secondsOf(text, '--since')).toBe(seconds);
  });

  test.each(['', '90', 'd', '-1d', '1.5d', '90 d', '99999999999d', 'last'])('--since %s is refused', text => {
    expect(() => secondsOf(text, '--since')).toThrow('is not an age');
  });

  test.each(['', '-1', '1.5', 'many', '1e3'])('--call-budget %s is refused', text => {
    expect(() => wholeNumberOf(text, '--call-budget')).toThrow('is not a whole number');
  });

  test.each(['yesterday', '2026-13-01', '2026-11-23T09:00', '23/11/2026'])('--now %s is refused', text => {
    expect(() => nowOf(text)).toThrow('is not a time');
  });

  test('--now takes a date, or a time with its zone', () => {
    expect(nowOf('2026-11-23').toISOString()).toBe('2026-11-23T00:00:00.000Z');
    expect(nowOf('2026-11-23T10:00:00+01:00').toISOString()).toBe('2026-11-23T09:00:00.000Z');
  });
});
