import { Chalk, type ChalkInstance } from 'chalk';
import type { Severity } from '../findings/finding.ts';

/** Symbol and word, the symbol right-aligned: severity is never colour alone. */
export const SEVERITY_LABELS: Readonly<Record<Severity, string>> = {
  critical: '!! critical',
  high: ' ! high',
  medium: ' ~ medium',
  low: ' - low',
  info: ' . info',
};

export function styleOf(colour: boolean): ChalkInstance {
  return new Chalk({ level: colour ? 1 : 0 });
}

export function severityLabel(severity: Severity, style: ChalkInstance): string {
  return SEVERITY_STYLES[severity](style)(SEVERITY_LABELS[severity]);
}

const SEVERITY_STYLES: Readonly<Record<Severity, (style: ChalkInstance) => ChalkInstance>> = {
  critical: style => style.red.bold,
  high: style => style.red,
  medium: style => style.yellow,
  low: style => style.cyan,
  info: style => style.dim,
};
