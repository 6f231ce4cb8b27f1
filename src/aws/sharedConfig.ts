import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../errors.ts';

/** What the AWS configuration files say, section by section: what the SDK's public interface does not tell. */
export interface SharedConfig {
  /** Files that were there. */
  readonly files: readonly string[];
  /** A profile's settings; config's word before that of credentials, as in the SDK. */
  profile(name: string): Section | undefined;
  /** A profile's region; for this one setting the SDK takes credentials' word first (`NODE_REGION_CONFIG_FILE_OPTIONS`). */
  region(name: string): string | undefined;
  /** A `[services NAME]` section's settings for one service (`rolesanywhere`). */
  service(section: string, service: string): Section | undefined;
}

export type Section = ReadonlyMap<string, string>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads `~/.aws/config` and `~/.aws/credentials`, or where AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE point. */
export async function readSharedConfig(env: Environment): Promise<SharedConfig> {
  const home = join(env.HOME ?? homedir(), '.aws');
  const config = await textOf(env.AWS_CONFIG_FILE ?? join(home, 'config'));
  const credentials = await textOf(env.AWS_SHARED_CREDENTIALS_FILE ?? join(home, 'credentials'));
  const configured = sectionsOf(config.text);
  const credentialed = sectionsOf(credentials.text);
  const inConfig = (name: string) =>
    configured.get(name === 'default' && !configured.has('profile default') ? 'default' : `profile ${name}`);
  return {
    files: [config, credentials].filter(file => file.text !== '').map(file => file.path),
    profile: name => merged([credentialed.get(name), inConfig(name)]),
    region: name => credentialed.get(name)?.get('region') || inConfig(name)?.get('region'),
    service: (section, service) => nested(configured.get(`services ${section}`), service),
  };
}

/** Throws UserError when a profile is named that no configuration file has. */
export function checkProfile(profile: string | undefined, config: SharedConfig): void {
  if (profile === undefined || config.profile(profile) !== undefined) return;
  throw new UserError(`there is no AWS profile "${profile}"`, {
    where: config.files.length === 0 ? 'no AWS configuration file was found' : config.files.join(', '),
    hint: 'aws configure list-profiles shows those there are; give one with --profile',
  });
}

async function textOf(path: string): Promise<{ path: string; text: string }> {
  try {
    return { path, text: await readFile(path, 'utf8') };
  } catch {
    // An absent or unreadable file is an empty one to the SDK too.
    return { path, text: '' };
  }
}

/** AWS's INI: sections, `name = value`, and indented lines that nest under the name above them (kept as `above.name`). */
function sectionsOf(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let above = '';
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[([^\]]*)\]/.exec(line);
    if (header !== null) {
      const name = (header[1] ?? '').trim().replace(/\s+/g, ' ').replaceAll('"', '');
      section = sections.get(name) ?? new Map<string, string>();
      sections.set(name, section);
      above = '';
      continue;
    }
    const [name, value] = settingOf(line);
    if (section === undefined || name === undefined) continue;
    if (/^\s/.test(line) && above !== '') section.set(`${above}.${name}`, value);
    else {
      section.set(name, value);
      above = value === '' ? name : '';
    }
  }
  return sections;
}

function settingOf(line: string): [string | undefined, string] {
  const equals = line.indexOf('=');
  if (equals < 0 || /^\s*[#;]/.test(line)) return [undefined, ''];
  const value = line.slice(equals + 1).replace(/\s[#;].*$/, '');
  return [line.slice(0, equals).trim(), value.trim()];
}

function merged(sections: readonly (Section | undefined)[]): Section | undefined {
  const there = sections.filter(section => section !== undefined);
  return there.length === 0 ? undefined : new Map(there.flatMap(section => [...section]));
}

function nested(section: Section | undefined, service: string): Section | undefined {
  if (section === undefined) return undefined;
  const prefix = `${service}.`;
  return new Map(
    [...section].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
