import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { FLAGS, type Options } from '../options.ts';
import { readSettings, type SettingsProblem } from '../settings/read.ts';
import type { Settings } from '../settings/settings.ts';

/** A `postern.toml` that was read. */
export interface Config {
  readonly settings: Settings;
  /** For the report: which it was. */
  readonly source: ConfigSource;
}

export interface ConfigSource {
  readonly file: string;
  /** Of the file's bytes, lower-case hex. */
  readonly sha256: string;
}

/** What --config says instead of a file's name. */
export const NO_CONFIG = 'none';

/**
 * The file that --config names, or `postern.toml` where there is one; undefined where there is none, and for `none`. Throws
 * UserError for a file that cannot be read, and one with everything that is wrong with it.
 */
export function configOf({ config }: Pick<Options, 'config'>): Config | undefined {
  if (config === NO_CONFIG) return undefined;
  const file = config ?? FLAGS.config.standard;
  const bytes = bytesOf(file, config !== undefined);
  if (bytes === undefined) return undefined;
  const reading = readSettings(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  if ('problems' in reading) throw problemsOf(file, reading.problems);
  return { settings: reading.settings, source: { file, sha256: createHash('sha256').update(bytes).digest('hex') } };
}

function bytesOf(file: string, isNamed: boolean): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (code === 'ENOENT' && !isNamed) return undefined;
    throw new UserError(`cannot read the settings ${file}: ${WHY[code] ?? code}`, {
      where: file,
      hint: `Name a TOML file: --config FILE; or leave settings out: --config ${NO_CONFIG}`,
      cause,
    });
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

function problemsOf(file: string, problems: readonly SettingsProblem[]): UserError {
  const lines = problems.map(({ line, message }) => `  ${line === undefined ? file : `${file}:${line}`}: ${message}`);
  return new UserError(`the settings in ${file} have problems:\n${lines.join('\n')}`, {
    where: file,
    hint: `docs/settings.md tells what may stand there; --config ${NO_CONFIG} leaves the file out.`,
  });
}
