import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..', '..');
export const CLI = resolve(ROOT, 'dist', 'cli.js');

/** The story clock of every golden. */
export const NOW = '2026-11-23T09:00:00Z';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs the built Postern as a process, with nothing of this machine's AWS configuration. */
export function postern(args: readonly string[], { input = '', env = {}, cwd = ROOT }: RunOptions = {}): Promise<Ran> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env: { ...cleanEnvironment(), ...env } });
  const out = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', text => {
    out.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    out.stderr += text;
  });
  child.stdin.on('error', () => {}).end(input);
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', code => done({ code, ...out }));
  });
}

/** No credentials, no endpoint, no colour switches, no configuration files of whoever runs the tests. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|NO_COLOR$|FORCE_COLOR$|CI$|POSTERN_)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
  };
}
