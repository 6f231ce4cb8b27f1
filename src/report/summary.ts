import { type Finding, type NotEvaluated, SEVERITIES, type Severity } from '../findings/finding.ts';
import { type Coverage, unreadOf } from '../snapshot/coverage.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

export interface Summary {
  /** When AWS was asked, ISO 8601, UTC. */
  readonly takenAt: string;
  readonly accounts: readonly AccountSummary[];
  readonly findings: Readonly<Record<Severity, number>>;
  readonly resources: ResourceCounts;
  /** Pairs of a rule and a resource that the rule could not answer for. */
  readonly notEvaluated: number;
  /** Calls that failed. */
  readonly notRead: number;
}

export interface AccountSummary {
  readonly id: string;
  readonly alias: string | null;
  readonly regions: readonly string[];
  /** Those of `regions` in which some call failed. */
  readonly regionsNotRead: readonly string[];
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
    accounts: snapshot.accounts.map(account => ({
      id: account.id,
      alias: account.alias ?? null,
      regions: account.regions.map(region => region.name),
      regionsNotRead: account.regions.map(region => region.name).filter(name => hasFailed(coverage, account.id, name)),
    })),
    findings: countBySeverity(findings),
    resources: resourceCounts(snapshot),
    notEvaluated: notEvaluated.length,
    notRead: unreadOf(snapshot).length,
  };
}

/** The last line of a report, in terraform's manner. */
export function closingLine({ findings, notEvaluated, notRead }: Summary): string {
  const counts = SEVERITIES.map(severity => `${findings[severity]} ${severity}`).join(', ');
  return `Audit: ${counts}. ${notEvaluated} not evaluated, ${counted(notRead, 'call')} failed.`;
}

/** `1 call`, `2 calls`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function hasFailed(coverage: readonly Coverage[], account: string, region: string): boolean {
  return coverage.some(row => row.account === account && row.region === region && isFailed(row));
}

export function isFailed({ status }: Coverage): boolean {
  return status === 'not read' || status === 'partly read';
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
