import type { Finding, NotEvaluated, NotSupported } from '../findings/finding.ts';
import type { Coverage } from '../snapshot/coverage.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { type Summary, summaryOf } from './summary.ts';

const REPORT_VERSION = 'report/1';

/** What every format prints; as JSON it is the published report format. */
export interface Report {
  readonly postern: typeof REPORT_VERSION;
  /** ISO 8601, UTC. */
  readonly generatedAt: string;
  readonly tool: { readonly name: 'postern'; readonly version: string };
  /** The `postern.toml` that facts were held against, and the SHA-256 of its bytes; absent: the defaults. */
  readonly config?: ReportConfig;
  readonly summary: Summary;
  readonly coverage: readonly Coverage[];
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
  readonly notSupported: readonly NotSupported[];
}

export interface ReportConfig {
  readonly file: string;
  readonly sha256: string;
}

export interface ReportInput {
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
  readonly notSupported: readonly NotSupported[];
  readonly coverage: readonly Coverage[];
  readonly now: Date;
  readonly version: string;
  readonly config?: ReportConfig | undefined;
}

/** An audit as a report; findings, gaps and coverage keep the order they come in. */
export function reportOf({ snapshot, now, version, config, ...said }: ReportInput): Report {
  const { findings, notEvaluated, notSupported, coverage } = said;
  return {
    postern: REPORT_VERSION,
    generatedAt: now.toISOString(),
    tool: { name: 'postern', version },
    ...(config === undefined ? {} : { config }),
    summary: summaryOf({ snapshot, findings, notEvaluated, coverage }),
    coverage,
    findings,
    notEvaluated,
    notSupported,
  };
}
