import { type Finding, SEVERITIES, type Severity } from './finding.ts';

/** The lowest severity that fails a run; `none`: findings never do. */
export type FailOn = Severity | 'none';

/** What a run ends with, after `terraform plan -detailed-exitcode`. 1 is an error and never comes from here. */
export const EXIT = { clean: 0, error: 1, findings: 2, notAllRead: 3 } as const;

/** 2 when a finding is at or above `failOn`; else 3 when a call failed; else 0. */
export function exitCode(
  { findings, failedCalls }: { readonly findings: readonly Finding[]; readonly failedCalls: number },
  failOn: FailOn,
): 0 | 2 | 3 {
  if (findings.some(finding => isAtLeast(finding.severity, failOn))) return EXIT.findings;
  return failedCalls > 0 ? EXIT.notAllRead : EXIT.clean;
}

function isAtLeast(severity: Severity, floor: FailOn): boolean {
  return floor !== 'none' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(floor);
}
