import { distinct } from '../lists.ts';
import { BROUGHT_BY } from './operations.ts';
import type { AccountSnapshot, RegionMember, RegionSnapshot, Snapshot, Unread } from './snapshot.ts';

/** One operation in one place: whether it was read, and how much came. */
export interface Coverage {
  readonly account: string;
  /** `global` for IAM, STS and whatever else has no region. */
  readonly region: string;
  /** `service:Operation`. */
  readonly operation: string;
  /** `partly asked`: what was asked for was read, and there is more than Postern may ask for. */
  readonly status: 'read' | 'partly read' | 'not read' | 'partly asked' | 'not asked';
  /** How many items were read. */
  readonly items: number;
  /** What AWS said, where something was not read, and how much was not asked for; with --since last, which time was read. */
  readonly message: string;
}

/** What was looked at and what was not, account by account and region by region, in the snapshot's order. */
export function coverageOf(snapshot: Snapshot): readonly Coverage[] {
  return snapshot.accounts.flatMap(account => [
    ...rowsOf({ account: account.id, region: 'global', unread: account.unread, readings: accountReadings(account) }),
    ...account.regions.flatMap(region =>
      rowsOf({ account: account.id, region: region.name, unread: region.unread, readings: regionReadings(region) }),
    ),
  ]);
}

/** Every call that failed, account-wide ones first. */
export function unreadOf(snapshot: Snapshot): readonly Unread[] {
  return snapshot.accounts.flatMap(account => [...account.unread, ...account.regions.flatMap(region => region.unread)]);
}

/** Whether something was not read though it was asked for. */
export function isFailed({ status }: Coverage): boolean {
  return status === 'not read' || status === 'partly read';
}

/** Whether there is something, or may be, that was not asked for. */
export function isNotAsked({ status }: Coverage): boolean {
  return status === 'not asked' || status === 'partly asked';
}

/** How much of one place came, given its rows: nothing at all, not everything that was asked for, or that. */
export function amountRead(rows: readonly Coverage[]): 'nothing' | 'part' | 'all' {
  if (!rows.some(isFailed)) return 'all';
  return rows.some(isAnswer) ? 'part' : 'nothing';
}

/** Tags are asked for resources alone: where nothing was listed, none were asked for and none refused. */
export function isAnswer({ operation, status }: Coverage): boolean {
  return operation !== BROUGHT_BY.tags && (status === 'read' || status === 'partly read');
}

/** What is known of one operation in one place. */
interface Reading {
  readonly operation: string;
  readonly items: number;
  readonly asked: boolean;
  /** For an operation that is asked of one resource at a time: how many there are to ask of. */
  readonly of?: number;
}

function accountReadings(account: AccountSnapshot): readonly Reading[] {
  const { roles, otherRoles = [], users = [], groups = [], policies, iamReadBy, notAsked } = account;
  const asked = !notAsked.includes('roles');
  const everything = [roles, otherRoles, users, groups, policies].reduce((sum, { length }) => sum + length, 0);
  const bulk = { operation: 'iam:GetAccountAuthorizationDetails', items: everything, asked };
  return [
    { operation: 'iam:ListRoles', items: roles.length, asked },
    ...(iamReadBy?.strategy === 'bulk' ? [bulk] : singleReadings(account)),
    ...(notAsked.includes('policies') ? [{ operation: 'iam:GetPolicyVersion', items: 0, asked: false }] : []),
    ...regionsReading(account),
  ];
}

/** What was asked of one role or policy at a time. Nothing in a snapshot that somebody put together tells how it was read. */
function singleReadings({ roles, policies, iamReadBy, unread }: AccountSnapshot): readonly Reading[] {
  const failed = (operation: string) => unread.filter(one => one.operation === operation);
  const without = (operation: string) => {
    const those = new Set(failed(operation).map(one => one.resource));
    return roles.filter(role => !those.has(role.Arn) && !those.has(role.RoleName));
  };
  const counts: Readonly<Record<string, number>> = {
    'iam:GetRole': without('iam:GetRole').length,
    'iam:ListAttachedRolePolicies': without('iam:ListAttachedRolePolicies').filter(role => role.AttachedManagedPolicies)
      .length,
    'iam:ListRolePolicies': without('iam:ListRolePolicies').filter(role => role.RolePolicyList).length,
    'iam:GetRolePolicy': roles.reduce((sum, role) => sum + (role.RolePolicyList ?? []).length, 0),
    'iam:GetPolicy': policies.length,
    'iam:GetPolicyVersion': policies.filter(policy => policy.PolicyVersionList?.some(version => version.Document))
      .length,
  };
  return Object.entries(counts)
    .filter(([operation, items]) => (iamReadBy !== undefined && items > 0) || failed(operation).length > 0)
    .map(([operation, items]) => ({ operation, items, asked: true }));
}

/** Told only where AWS named regions that Postern cannot ask, or none. */
function regionsReading({ regions, unread }: AccountSnapshot): readonly Reading[] {
  const operation = 'ec2:DescribeRegions';
  const failed = unread.filter(one => one.operation === operation);
  if (failed.length === 0) return [];
  return [{ operation, items: failed.some(one => one.resource === '*') ? 0 : regions.length, asked: true }];
}

function regionReadings(region: RegionSnapshot): readonly Reading[] {
  const { trustAnchors, profiles, crls, subjects, tags } = region;
  const detailed = subjects.filter(subject => subject.credentials !== undefined).length;
  const tagged = trustAnchors.length + profiles.length + crls.length;
  const list = (member: RegionMember): Reading => ({
    operation: BROUGHT_BY[member],
    items: region[member].length,
    asked: !region.notAsked.includes(member),
  });
  return [
    list('trustAnchors'),
    list('profiles'),
    list('crls'),
    list('subjects'),
    ...some({ operation: 'rolesanywhere:GetSubject', items: detailed, asked: true, of: subjects.length }),
    ...some({ ...list('tags'), items: tags.length, of: tagged }),
    list('events'),
    ...authorityReadings(region),
  ];
}

/** Where no trust anchor names a private CA, nothing was asked and nothing had to be. */
function authorityReadings({ trustAnchors, certificateAuthorities }: RegionSnapshot): readonly Reading[] {
  if (!trustAnchors.some(anchor => anchor.source.sourceData.acmPcaArn !== undefined)) return [];
  const asked = certificateAuthorities !== undefined;
  const count = (member: 'status' | 'certificate') =>
    (certificateAuthorities ?? []).filter(authority => authority[member] !== undefined).length;
  return [
    { operation: 'acm-pca:DescribeCertificateAuthority', items: count('status'), asked },
    { operation: 'acm-pca:GetCertificateAuthorityCertificate', items: count('certificate'), asked },
  ];
}

/** Where there is no resource, nothing was asked and nothing had to be. */
function some(reading: Reading): readonly Reading[] {
  return reading.of === 0 ? [] : [reading];
}

interface Place {
  readonly account: string;
  readonly region: string;
  readonly readings: readonly Reading[];
  readonly unread: readonly Unread[];
}

function rowsOf({ account, region, readings, unread }: Place): readonly Coverage[] {
  const planned = new Set(readings.map(reading => reading.operation));
  const others = distinct(unread.map(one => one.operation).filter(operation => !planned.has(operation)));
  return [...readings, ...others.map(operation => ({ operation, items: 0, asked: true }))].map(reading => {
    const { operation, items } = reading;
    const failed = unread.filter(one => one.operation === operation);
    const left = leftOut(reading, failed);
    const status = statusOf(reading, failed.length > 0, left > 0);
    return { account, region, operation, status, items, message: messageOf(failed, left, reading) };
  });
}

/** How many resources were neither read nor refused. */
function leftOut({ of, items, asked }: Reading, failed: readonly Unread[]): number {
  if (of === undefined || !asked) return 0;
  return Math.max(0, of - items - new Set(failed.map(one => one.resource)).size);
}

function statusOf({ items, asked }: Reading, hasFailed: boolean, isCut: boolean): Coverage['status'] {
  if (hasFailed) return items > 0 ? 'partly read' : 'not read';
  if (!asked) return 'not asked';
  if (isCut) return items > 0 ? 'partly asked' : 'not asked';
  return 'read';
}

const NAMED_AT_MOST = 3;

function messageOf(failed: readonly Unread[], left: number, { of }: Reading): string {
  const named = failed
    .slice(0, NAMED_AT_MOST)
    .map(({ resource, error, message }) => `${resource === '*' ? '' : `${resource}: `}${error}: ${message}`);
  const rest = failed.length - named.length;
  return [
    ...named,
    ...(rest > 0 ? [`and ${rest} more`] : []),
    ...(left > 0 ? [`${left} of ${of} not asked for (--call-budget)`] : []),
  ].join('; ');
}
