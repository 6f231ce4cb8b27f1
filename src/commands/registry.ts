import type { CommandName, Options } from '../options.ts';
import type { Invocation } from './parse.ts';

/** Does the work and gives the exit code. */
export type CommandRun = () => Promise<number>;

type CommandModule = (request: CommandRequest) => Promise<number>;

export interface CommandRequest {
  readonly arguments: readonly string[];
  readonly options: Options;
}

/** Each command is a module of its own, loaded when it is asked for: `--version` starts nothing else. */
const COMMAND_MODULES: Readonly<Record<CommandName, (options: Options) => Promise<CommandModule>>> = {
  '': async ({ ci }) => (ci ? (await import('./ci.ts')).ci : (await import('./screen.ts')).screen),
  replay: async () => (await import('./replay.ts')).replayFiles,
  query: async () => (await import('./query.ts')).query,
  documents: async () => (await import('./documents.ts')).documents,
  can: async () => (await import('./can.ts')).can,
  compare: async () => (await import('./compare.ts')).compare,
  expect: async () => (await import('./expect.ts')).expect,
  rules: async () => (await import('./rules.ts')).rules,
  doctor: async () => (await import('./doctor.ts')).doctor,
};

export async function loadCommand(invocation: Invocation): Promise<CommandRun> {
  if (invocation.kind === 'version') return async () => print(`postern ${version()}\n`);
  if (invocation.kind === 'help') {
    const { helpText } = await import('./help.ts');
    return async () => print(helpText(invocation.command));
  }
  await import('../engine.ts');
  const command = await COMMAND_MODULES[invocation.command](invocation.options);
  return () => command({ arguments: invocation.arguments, options: invocation.options });
}

/** The package's version; `0.0.0-source` when the sources run unbundled. */
export function version(): string {
  return typeof POSTERN_VERSION === 'string' ? POSTERN_VERSION : '0.0.0-source';
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
