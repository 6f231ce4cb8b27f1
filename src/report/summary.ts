import { type Finding, type NotEvaluated, SEVERITIES, type Severity } from '../findings/finding.ts';
import { distinct } from '../lists.ts';
import { amountRead, type Coverage, isNotAsked, unreadOf } from '../snapshot/coverage.ts';
import type { AccountSnapshot, Snapshot } from '../snapshot/snapshot.ts';

export interface Summary {
  /** When AWS was asked, ISO 8601, UTC. */
  readonly takenAt: string;
  readonly accounts: readonly AccountSummary[];
  readonly findings: Readonly<Record<Severity, number>>;
  readonly resources: ResourceCounts;
  /** Pairs of a rule and a resource, or a whole place, that the rule could not answer for. */
  readonly notEvaluated: number;
  /** Calls that failed. */
  readonly notRead: number;
}

export interface AccountSummary {
  readonly id: string;
  readonly alias: string | null;
  readonly regions: readonly string[];
  /** Those of `regions` in which nothing could be read. */
  readonly regionsNotRead: readonly string[];
  /** Those in which some calls failed. */
  readonly regionsReadInPart: readonly string[];
  /** What AWS was not asked for: `regions` other than these, and operations. */
  readonly notAsked: readonly string[];
}

export interface ResourceCounts {
  readonly trustAnchors: number;
  readonly profiles: number;
  readonly crls: number;
  readonly subjects: number;
  readonly roles: number;
  readonly events: number;
}

interface SummaryInput {
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
  readonly coverage: readonly Coverage[];
}

export function summaryOf({ snapshot, findings, notEvaluated, coverage }: SummaryInput): Summary {
  return {
    takenAt: snapshot.takenAt,
    accounts: snapshot.accounts.map(account => accountSummary(account, coverage)),
    findings: countBySeverity(findings),
    resources: resourceCounts(snapshot),
    notEvaluated: notEvaluated.length,
    notRead: unreadOf(snapshot).length,
  };
}

function accountSummary(account: AccountSnapshot, coverage: readonly Coverage[]): AccountSummary {
  const regions = account.regions.map(({ name }) => name);
  const amounts = new Map(regions.map(name => [name, amountRead(rowsIn(coverage, account.id, name))]));
  return {
    id: account.id,
    alias: account.alias ?? null,
    regions,
    regionsNotRead: regions.filter(name => amounts.get(name) === 'nothing'),
    regionsReadInPart: regions.filter(name => amounts.get(name) === 'part'),
    notAsked: notAsked(account, coverage),
  };
}

/** The last line of a report, in terraform's manner. Noughts are for when all was looked at: else they read as a pass. */
export function closingLine(summary: Summary): string {
  const { findings, notEvaluated, notRead } = summary;
  const all = lookedAtAll(summary);
  const counts = SEVERITIES.map(severity => `${findings[severity]} ${severity}`).join(', ');
  const said = all || found(summary) ? `${counts}.` : 'no findings in what was looked at;';
  const narrowed = summary.accounts.some(account => account.notAsked.length > 0) ? ', not everything asked for' : '';
  return `Audit: ${said} ${notEvaluated} not evaluated, ${counted(notRead, 'call')} failed${narrowed}.`;
}

/** Whether every rule has its answer for all that there is. */
export function lookedAtAll({ notEvaluated, notRead, accounts }: Summary): boolean {
  return notEvaluated + notRead === 0 && accounts.every(account => account.notAsked.length === 0);
}

function found({ findings }: Summary): boolean {
  return SEVERITIES.some(severity => findings[severity] > 0);
}

function notAsked(account: AccountSnapshot, coverage: readonly Coverage[]): readonly string[] {
  const rows = coverage.filter(row => row.account === account.id && isNotAsked(row));
  const operations = distinct(rows.map(row => row.operation));
  return account.notAsked.includes('regions') ? ['regions', ...operations] : operations;
}

/** `1 call`, `2 calls`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function rowsIn(coverage: readonly Coverage[], account: string, region: string): readonly Coverage[] {
  return coverage.filter(row => row.account === account && row.region === region);
}

function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

function resourceCounts({ accounts }: Snapshot): ResourceCounts {
  const regions = accounts.flatMap(account => account.regions);
  const sum = (lengths: readonly number[]) => lengths.reduce((total, length) => total + length, 0);
  return {
    trustAnchors: sum(regions.map(region => region.trustAnchors.length)),
    profiles: sum(regions.map(region => region.profiles.length)),
    crls: sum(regions.map(region => region.crls.length)),
    subjects: sum(regions.map(region => region.subjects.length)),
    roles: sum(accounts.map(account => account.roles.length)),
    events: sum(regions.map(region => region.events.length)),
  };
}
