import { parseArgs } from 'node:util';
import { UserError } from '../errors.ts';
import { COMMANDS, type Command, type CommandName, FLAGS, type Flag, type FlagName, type Options } from '../options.ts';
import { nearest } from '../query/vocabulary.ts';
import { refuseContradictions } from './contradictions.ts';

export type Invocation =
  | {
      readonly kind: 'run';
      readonly command: CommandName;
      readonly arguments: readonly string[];
      readonly options: Options;
    }
  | { readonly kind: 'help'; readonly command: CommandName }
  | { readonly kind: 'version' };

/** Reads the command line (without `node` and the script). Throws UserError for whatever options.ts does not know. */
export function parseCommandLine(argv: readonly string[]): Invocation {
  const { values, positionals, tokens } = parseArgs({
    args: argv.map(bareFlagGetsItsValue),
    options: PARSE_OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags = tokens.filter(token => token.kind === 'option');
  for (const flag of flags) refuseUnknownFlag(flag);
  const command = commandOf(positionals);
  if (values.version === true) return { kind: 'version' };
  if (values.help === true) return { kind: 'help', command: command.name };
  for (const flag of flags) refuseWrongFlag(flag, command);
  const given = command.name === '' ? positionals : positionals.slice(1);
  refuseWrongArguments(given, command);
  const options = optionsOf(values, flags);
  refuseContradictions(command.name, options);
  return { kind: 'run', command: command.name, arguments: given, options };
}

const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];
const flagNamed = new Map<string, FlagName>(FLAG_NAMES.map(key => [FLAGS[key].name, key]));

const PARSE_OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
  ...Object.fromEntries(
    Object.values<Flag>(FLAGS).map(flag => [
      flag.name,
      { type: flag.value === undefined ? ('boolean' as const) : ('string' as const), multiple: flag.many === true },
    ]),
  ),
} as const;

/** `--demo` alone is `--demo=break-in`: a flag with a bare value never takes the next word. */
function bareFlagGetsItsValue(argument: string): string {
  const flag = Object.values<Flag>(FLAGS).find(({ name, bare }) => bare !== undefined && argument === `--${name}`);
  return flag === undefined ? argument : `${argument}=${flag.bare}`;
}

function commandOf(positionals: readonly string[]): Command & { readonly name: CommandName } {
  const [first] = positionals;
  const command = COMMANDS.find(({ name }) => name === (first ?? ''));
  if (command !== undefined) return command;
  throw new UserError(`there is no command "${first}"`, { hint: hintFor(first ?? '') });
}

function hintFor(word: string): string {
  if (AUDITS.includes(word))
    return 'postern --ci audits an account and prints a report; postern alone opens the screen.';
  const [near] = nearest(
    word,
    COMMANDS.map(({ name }) => name).filter(name => name !== ''),
  );
  return near === undefined
    ? 'postern --help lists the commands; a demo story is --demo=STORY.'
    : `Did you mean: postern ${near}`;
}

/** What other tools call it. */
const AUDITS: readonly string[] = ['audit', 'check', 'report', 'run', 'scan'];

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

const ALWAYS = ['help', 'version'];

function refuseUnknownFlag({ name, rawName }: OptionToken): void {
  if (flagNamed.has(name) || ALWAYS.includes(name)) return;
  const [near] = nearest(name, [...flagNamed.keys(), ...ALWAYS]);
  throw new UserError(`there is no flag ${rawName}`, {
    hint: near === undefined ? 'postern --help lists the flags.' : `Did you mean: --${near}`,
  });
}

function refuseWrongFlag({ name, rawName, value }: OptionToken, command: Command): void {
  const key = flagNamed.get(name);
  if (key === undefined) return;
  if (!command.flags.includes(key)) {
    const others = COMMANDS.filter(one => (one.flags as readonly FlagName[]).includes(key));
    throw new UserError(`${rawName} means nothing to "${`postern ${command.name}`.trim()}"`, {
      hint: `It goes with: ${others.map(one => `postern ${one.name}`.trim()).join(', ')}`,
    });
  }
  refuseWrongValue(FLAGS[key], rawName, value);
}

function refuseWrongValue(flag: Flag, rawName: string, value: string | undefined): void {
  if (flag.value === undefined && value !== undefined) throw new UserError(`${rawName} takes no value`);
  if (flag.value !== undefined && (value === undefined || value === ''))
    throw new UserError(`${rawName} needs a value: ${rawName} ${flag.value}`);
  if (flag.value !== undefined && value?.startsWith('--'))
    throw new UserError(`${rawName} needs a value, and ${value} looks like a flag`, {
      hint: `Write ${rawName}=${value} if it is meant.`,
    });
  if (flag.choices !== undefined && value !== undefined && !flag.choices.includes(value))
    throw new UserError(`${rawName} ${value}: there is no such ${flag.value?.toLowerCase()}`, {
      hint: `One of: ${flag.choices.join(', ')}`,
    });
}

function refuseWrongArguments(given: readonly string[], command: Command): void {
  const needed = command.arguments.filter(argument => argument.optional !== true);
  if (given.length < needed.length) {
    const missing = needed[given.length];
    throw new UserError(`postern ${command.name} needs ${missing?.name.toUpperCase()}: ${missing?.help}`);
  }
  const most = command.arguments.some(argument => argument.many) ? Number.POSITIVE_INFINITY : command.arguments.length;
  if (given.length > most)
    throw new UserError(
      `"${given[most]}" is one word too many for "postern ${command.name}"`.replace(' "postern "', ' "postern"'),
      {
        hint: 'Put quotes around a query that has spaces.',
      },
    );
}

function optionsOf(values: Readonly<Record<string, unknown>>, flags: readonly OptionToken[]): Options {
  const entries = FLAG_NAMES.map(key => [key, valueGiven(FLAGS[key], values[FLAGS[key].name])]);
  const given = new Set(flags.flatMap(({ name }) => flagNamed.get(name) ?? []));
  return { ...Object.fromEntries(entries), given: [...given] } as Options;
}

function valueGiven(flag: Flag, given: unknown): unknown {
  if (flag.value === undefined) return given === true;
  if (!flag.many) return given ?? flag.fallback;
  const all = Array.isArray(given) ? given : [];
  const parts = flag.whole ? all.map(String) : all.flatMap(value => String(value).split(','));
  return parts.filter(value => value !== '');
}
