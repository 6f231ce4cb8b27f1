import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { UserError } from '../errors.ts';
import { DEEPEST, isTooDeep } from './depth.ts';
import { type LoadedSnapshot, SnapshotSchema } from './schema.ts';
import { type AccountSnapshot, type RegionSnapshot, SNAPSHOT_VERSION, type Snapshot } from './snapshot.ts';

/**
 * Reads a saved snapshot. What `aws rolesanywhere list-…` printed may stand in it as it is; a list that is absent was
 * not asked for. Throws UserError naming the JSON path of everything that is not as it should be.
 */
export function loadSnapshot(file: string): Snapshot {
  return parseSnapshot(readText(file), file);
}

/** The same from text; `file` is for the error messages. */
export function parseSnapshot(text: string, file: string): Snapshot {
  const json = parseJson(text, file);
  refuseOtherVersions(json, file);
  if (isTooDeep(json))
    throw new UserError(`${file} is nested deeper than ${DEEPEST} levels`, {
      where: file,
      hint: 'AWS sends nothing like it: look at what wrote the file.',
    });
  const result = v.safeParse(SnapshotSchema, json);
  if (result.success) return normalised(result.output);
  const problems = result.issues.map(issue => `${jsonPath(issue)}: ${issue.message}`);
  throw new UserError(`${file} is not a snapshot that Postern can read:\n${listed(problems)}`, {
    where: file,
    hint: "A snapshot is what --save writes; its members have AWS's own shapes.",
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError(`cannot read the snapshot ${file}: ${reason(cause)}`, {
      where: file,
      hint: 'Make one with: postern --ci --save FILE',
      cause,
    });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UserError(`${file} is not JSON: ${reason(cause)}`, {
      where: file,
      hint: 'A snapshot is what --save writes.',
      cause,
    });
  }
}

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

function refuseOtherVersions(json: unknown, file: string): void {
  const version = typeof json === 'object' && json !== null && 'postern' in json ? json.postern : undefined;
  if (version === SNAPSHOT_VERSION) return;
  const found = version === undefined ? 'it has no "postern" member' : `its version is ${JSON.stringify(version)}`;
  throw new UserError(
    `${file} is not a snapshot of this version: ${found}, and this Postern reads "${SNAPSHOT_VERSION}"`,
    { where: `${file} $.postern`, hint: 'Take a new snapshot with --save, or use the Postern that wrote this one.' },
  );
}

type LoadedAccount = LoadedSnapshot['accounts'][number];
type LoadedRegion = NonNullable<LoadedAccount['regions']>[number];

function normalised(loaded: LoadedSnapshot): Snapshot {
  return { ...loaded, accounts: loaded.accounts.map(normalisedAccount) };
}

function normalisedAccount(account: LoadedAccount): AccountSnapshot {
  const { roles = [], policies = [], unread = [], regions = [] } = account;
  const notAsked = (['roles', 'policies', 'regions'] as const).filter(member => wasNotAsked(account, member));
  return { ...account, roles, policies, unread, notAsked, regions: regions.map(normalisedRegion) };
}

function normalisedRegion(region: LoadedRegion): RegionSnapshot {
  const { trustAnchors = [], profiles = [], crls = [], subjects = [], tags = [], events = [], unread = [] } = region;
  const members = ['trustAnchors', 'profiles', 'crls', 'subjects', 'tags', 'events'] as const;
  const notAsked = members.filter(member => wasNotAsked(region, member));
  return { ...region, trustAnchors, profiles, crls, subjects, tags, events, unread, notAsked };
}

function wasNotAsked<Member extends string>(
  from: { readonly [member in Member]?: unknown } & { readonly notAsked?: readonly string[] | undefined },
  member: Member,
): boolean {
  return from[member] === undefined || from.notAsked?.includes(member) === true;
}

function jsonPath(issue: v.BaseIssue<unknown>): string {
  return (issue.path ?? []).reduce(
    (path, item) => (typeof item.key === 'number' ? `${path}[${item.key}]` : `${path}.${String(item.key)}`),
    '$',
  );
}

const LISTED_AT_MOST = 10;

function listed(problems: readonly string[]): string {
  const rest = problems.length - LISTED_AT_MOST;
  const lines = problems.slice(0, LISTED_AT_MOST).map(problem => `  ${problem}`);
  return [...lines, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n');
}
