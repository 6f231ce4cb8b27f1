import { COMMANDS, type Command, type CommandName, FLAGS, type Flag } from '../options.ts';

/** The text of `postern --help` and `postern COMMAND --help`, 80 columns wide. */
export function helpText(name: CommandName): string {
  const command: Command = COMMANDS.find(one => one.name === name) ?? COMMANDS[0];
  const parts = [
    `${usageOf(command)}\n\n${command.help}.`,
    command.arguments.length > 0
      ? table(
          'Arguments',
          command.arguments.map(({ name, help }) => [name.toUpperCase(), help]),
        )
      : '',
    command.name === ''
      ? table(
          'Commands',
          COMMANDS.filter(one => one.name !== '').map(one => [
            usageOf(one).replace('Usage: postern ', '').replace(' [FLAG…]', ''),
            one.help,
          ]),
        )
      : '',
    table('Flags', [
      ...command.flags.map(key => flagRow(FLAGS[key], command.flagHelp?.[key])),
      ['--help', 'This text'],
      ...(command.name === '' ? [['--version', 'The version']] : []),
    ]),
    EXIT_CODES[name] ?? '',
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

const EXIT_CODES: Readonly<Partial<Record<CommandName, string>>> = {
  '': `Exit codes of --ci
  0  nothing at or above --fail-on, and no call failed; what was not asked for
     (--region, --since 0) is listed as such and changes nothing here
  1  error
  2  findings at or above --fail-on
  3  none, but calls failed: something could not be looked at`,
  replay: `Exit codes
  0  every file was read, whether or not a rule speaks
  1  error
  3  something could not be read, or was more than rules over time can keep: it
     is named on stderr`,
};

function usageOf(command: Command): string {
  const words = command.arguments.map(({ name, many, optional }) => {
    const word = `${name.toUpperCase()}${many ? '…' : ''}`;
    return optional ? `[${word}]` : word;
  });
  return ['Usage: postern', command.name, ...words, '[FLAG…]'].filter(word => word !== '').join(' ');
}

/** `--since AGE` and what it is for, its choices and what it is when not given. */
function flagRow(flag: Flag, help = flag.help): readonly [string, string] {
  const value = flag.value === undefined ? '' : flag.bare === undefined ? ` ${flag.value}` : `[=${flag.value}]`;
  const choices = flag.choices === undefined ? '' : `: ${flag.choices.join(', ')}`;
  const fallback = flag.fallback === undefined ? '' : ` (default: ${flag.fallback})`;
  return [`--${flag.name}${value}`, `${help}${choices}${fallback}`];
}

const WIDTH = 80;

function table(title: string, rows: readonly (readonly string[])[]): string {
  const left = Math.min(26, Math.max(...rows.map(([name = '']) => name.length)) + 2);
  const lines = rows.flatMap(([name = '', help = '']) => {
    const [first = '', ...more] = wrapped(help, WIDTH - left - 2);
    const indented = more.map(line => `  ${' '.repeat(left)}${line}`);
    return name.length + 2 > left
      ? [`  ${name}`, `  ${' '.repeat(left)}${first}`, ...indented]
      : [`  ${name.padEnd(left)}${first}`, ...indented];
  });
  return [title, ...lines].join('\n');
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
