import type { Finding } from '../findings/finding.ts';
import { once } from '../memo/once.ts';
import type { Rule } from '../rules/rule.ts';
import { fact, heading, listed, shown } from './facts.ts';
import { KIND_WORDS } from './kind-words.ts';
import { leadsOfFinding } from './leads.ts';
import { BLANK, type Line, line, say } from './line.ts';
import { resourceCell } from './resource-words.ts';
import { documentOf, type Scene } from './scene.ts';
import { graded, rankOf } from './severity.ts';
import { absolute, span } from './time.ts';
import type { Row } from './view.ts';

/** What the columns of a list of findings hold: severity, name, resource, where, when. */
export function findingRow(scene: Scene, finding: Finding): Row {
  const { resource } = finding;
  return {
    id: finding.id,
    name: finding.name,
    copies: resource.id,
    raw: [withDocument(scene, resource, finding), finding],
    fix: finding.fix,
    subjects: once(() => [findingSubject(scene, finding)]),
    cells: now => [
      graded(finding.severity),
      say(finding.name),
      resourceCell(resource),
      say(resource.region, 'dim'),
      say(span(finding.time, now), 'dim'),
    ],
    detail: () => findingDetail(scene, finding),
    leads: once(() => leadsOfFinding(scene, finding)),
    order: {
      severity: rankOf(finding.severity),
      risk: finding.riskScore,
      rule: finding.name,
      resource: resource.name,
      region: resource.region,
      time: finding.time ?? '',
    },
  };
}

/** What was found, and the document that it is about. */
export function withDocument(scene: Scene, resource: Finding['resource'], found: object): object {
  const document = documentOf(scene, resource)?.body;
  return document === undefined ? found : { ...found, document };
}

/** The finding's own fields over those of the document that it is about. */
function findingSubject(scene: Scene, finding: Finding): object {
  const { id, rule, name, severity, riskScore, resource, time, why, status } = finding;
  const own = { id, rule, name, severity, risk_score: riskScore, resource, why, status };
  return { ...documentOf(scene, resource)?.body, ...own, ...(time === undefined ? {} : { time }) };
}

function findingDetail(scene: Scene, finding: Finding): readonly Line[] {
  const rule = scene.rules.get(finding.rule);
  return [
    [graded(finding.severity), say(`   risk score ${finding.riskScore}`, 'dim')],
    line(finding.name, 'strong'),
    ...where(finding.resource),
    ...(finding.time === undefined ? [] : [fact('time', absolute(finding.time))]),
    ...heading('What and why'),
    ...paragraphs(finding.why),
    ...heading('Evidence'),
    ...(finding.evidence.length === 0 ? [line('  -')] : finding.evidence.flatMap(evidenceLines)),
    ...heading('How to fix it'),
    ...paragraphs(finding.fix.text),
    ...code('AWS CLI', finding.fix.cli),
    ...code('Terraform', finding.fix.terraform),
    ...ruleLines(rule),
    ...bulleted('References', finding.references),
  ];
}

const MOST_EVIDENCE = 8;

function evidenceLines({ field, value }: Finding['evidence'][number]): readonly Line[] {
  return listed(field, Array.isArray(value) ? value.map(shown) : [shown(value)], MOST_EVIDENCE);
}

export function where(resource: Finding['resource']): readonly Line[] {
  return [
    fact(KIND_WORDS[resource.kind], resource.name),
    fact(resource.kind === 'event' ? 'id' : 'ARN', resource.id),
    fact('where', `${resource.account} ${resource.region}`),
  ];
}

/** What the rule says beyond this one finding. */
export function ruleLines(rule: Rule | undefined): readonly Line[] {
  if (rule === undefined) return [];
  return [
    ...bulleted('What it cannot see', rule.blindSpots),
    ...bulleted('False positives', rule.falsePositives),
    ...(rule.note === undefined ? [] : [...heading('Triage'), ...paragraphs(rule.note)]),
    ...heading('Rule'),
    fact('id', rule.id),
    ...listed('MITRE ATT&CK', rule.threat.flatMap(tacticWords)),
    ...rule.queryText
      .trim()
      .split('\n')
      .map((text, index) => fact(index === 0 ? 'query' : '', text)),
  ];
}

function tacticWords({ tactic, techniques }: Rule['threat'][number]): readonly string[] {
  if (techniques.length === 0) return [`${tactic.id} ${tactic.name}`];
  return techniques.map(technique => `${tactic.name}: ${technique.id} ${technique.name}`);
}

export function bulleted(title: string, texts: readonly string[]): readonly Line[] {
  return texts.length === 0 ? [] : [...heading(title), ...texts.map(text => line(`  - ${text.trim()}`))];
}

function code(title: string, text: string | undefined): readonly Line[] {
  if (text === undefined) return [];
  return [
    BLANK,
    line(`  ${title}`, 'dim'),
    ...text
      .trimEnd()
      .split('\n')
      .map(each => line(`    ${each}`)),
  ];
}

/** Lines as they were written, indented. */
function paragraphs(text: string): readonly Line[] {
  return text
    .trim()
    .split('\n')
    .map(each => (each.trim() === '' ? BLANK : line(`  ${each}`)));
}
