import type { Evidence, Finding } from '../findings/finding.ts';
import { coverageLines } from './coverage.ts';
import { notEvaluatedLines, notSupportedLines } from './gaps.ts';
import type { FormatOptions, Page } from './page.ts';
import { printable, printableBlock, safeJson } from './printable.ts';
import type { Report } from './report.ts';
import { severityLabel, styleOf } from './severity.ts';
import { type AccountSummary, closingLine, counted, lookedAtAll } from './summary.ts';
import { columns, wrapped, wrappedBlock } from './wrap.ts';

/** The report as people read it, in the manner of `terraform plan`: header, findings, gaps, coverage, one closing line. */
export function renderText(report: Report, options: FormatOptions): string {
  const page: Page = { width: options.width, style: styleOf(options.colour) };
  const sections = [
    headerLines(report, page),
    ...report.findings.map(finding => findingLines(finding, page)),
    ...(report.findings.length === 0 ? [[noFindings(report)]] : []),
    notEvaluatedLines(report.notEvaluated, page),
    notSupportedLines(report.notSupported, page),
    coverageLines(report.coverage, page),
    [page.style.bold(closingLine(report.summary))],
  ];
  return `${sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headerLines({ tool, summary, generatedAt, config }: Report, { style, width }: Page): string[] {
  const rows = [
    ...summary.accounts.flatMap(account => accountRows(account)),
    ['Looked at', lookedAt(summary.resources)],
    ...(config === undefined ? [] : [['Config', `${printable(config.file)} (SHA-256 ${config.sha256.slice(0, 16)})`]]),
    ['Data', `${shortTime(summary.takenAt)} (${ageOf(summary.takenAt, generatedAt)})`],
  ];
  const labels = columns(rows.map(([label = '']) => [label, '']));
  const indent = ' '.repeat((labels[0] ?? '').length);
  return [
    style.bold(`Postern ${printable(tool.version)}   audit of IAM Roles Anywhere, read-only`),
    '',
    ...rows.flatMap(([, text = ''], i) => {
      const [first = '', ...rest] = wrapped(text, width, indent);
      return [`${labels[i]}${first.slice(indent.length)}`, ...rest];
    }),
  ];
}

function accountRows({ id, alias, regions, ...gaps }: AccountSummary): string[][] {
  const others = gaps.notAsked.includes('regions') ? '; others were not asked' : '';
  const nothing = named('; nothing could be read in ', gaps.regionsNotRead);
  const inPart = named('; not all could be read in ', gaps.regionsReadInPart);
  return [
    ['Account', printable(alias === null ? id : `${alias} ${id}`)],
    ['Regions', printable(`${regions.length}: ${regions.join(', ')}${others}${nothing}${inPart}`)],
  ];
}

function named(words: string, regions: readonly string[]): string {
  return regions.length === 0 ? '' : `${words}${regions.join(', ')}`;
}

function lookedAt({ trustAnchors, profiles, roles, crls, subjects, events }: Report['summary']['resources']): string {
  return [
    counted(trustAnchors, 'trust anchor'),
    counted(profiles, 'profile'),
    counted(roles, 'role'),
    counted(crls, 'CRL'),
    counted(subjects, 'subject'),
    counted(events, 'event'),
  ].join(', ');
}

function noFindings({ summary }: Report): string {
  if (lookedAtAll(summary)) return 'No findings.';
  const unanswered = summary.notEvaluated === 0 ? '' : `; ${summary.notEvaluated} not evaluated`;
  return `No findings in what was looked at${unanswered}.`;
}

function findingLines(finding: Finding, { width, style }: Page): string[] {
  const { resource } = finding;
  const kind = resource.kind.replace('_', ' ');
  const name = printable(resource.name);
  const place = printable(resource.region);
  const when = finding.time === undefined ? '' : `, ${shortTime(finding.time)}`;
  return [
    `${severityLabel(finding.severity, style)}  ${style.bold(`${kind} ${name}`)} (${place}${when})`,
    ...wrapped(printable(finding.name), width, '   '),
    ...wrapped(style.dim(printable(resource.id)), width, '   '),
    '',
    ...wrappedBlock(printableBlock(finding.why.trim()), width, '   '),
    ...labelled(
      'Evidence',
      finding.evidence.flatMap(one => evidenceLines(one, width)),
    ),
    ...labelled('Fix', fixLines(finding, width)),
    '',
    `   Rule ${printable(finding.rule)}`,
  ];
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `   ${label}`, ...lines];
}

function fixLines({ fix }: Finding, width: number): string[] {
  if (fix.text.trim() === '' && fix.cli === undefined) return [];
  const commands = fix.cli === undefined ? [] : printableBlock(fix.cli.trim()).split('\n');
  return [
    ...wrappedBlock(printableBlock(fix.text.trim()), width, '     '),
    ...(commands.length === 0 ? [] : ['', ...commands.map(line => `       ${line}`.trimEnd())]),
  ];
}

/** Of a list, and of a text: as much as helps to recognise it; the JSON report has all. */
const MOST_ITEMS = 8;
const MOST_CHARACTERS = 600;

function evidenceLines({ field, value }: Evidence, width: number): string[] {
  const name = printable(field);
  if (!Array.isArray(value)) return wrapped(`${name}: ${shown(value)}`, width, '     ');
  if (value.length < 2) return wrapped(`${name}: ${value.length === 0 ? '[]' : shown(value[0])}`, width, '     ');
  const items = value.slice(0, MOST_ITEMS).flatMap(item => wrapped(shown(item), width, '       '));
  const more = value.length - MOST_ITEMS;
  return [`     ${name}:`, ...items, ...(more > 0 ? [`       and ${more} more`] : [])];
}

function shown(value: Evidence['value'] | undefined): string {
  const text = typeof value === 'string' ? printable(value) : safeJson(value);
  const characters = [...text.slice(0, 2 * MOST_CHARACTERS + 2)];
  if (characters.length <= MOST_CHARACTERS) return text === '' ? '""' : text;
  return `${characters.slice(0, MOST_CHARACTERS).join('')}... (${text.length} characters)`;
}

/** `2026-11-23 23:49 UTC`; text that is no time stands as it is. */
function shortTime(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? printable(time) : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function ageOf(takenAt: string, now: string): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(takenAt)) / 60_000);
  if (!(minutes >= 1)) return 'just now';
  if (minutes < 120) return `${minutes} min old`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h old` : `${Math.floor(minutes / 1440)} d old`;
}
