import type { Audit } from '../audit.ts';
import type { Resource } from '../documents/document.ts';
import { isPlace } from '../documents/gaps.ts';
import { textAt } from '../documents/path.ts';
import type { Evidence } from '../findings/finding.ts';
import { isOverTime } from '../rules/detect/detectorOf.ts';
import type { Rule } from '../rules/rule.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { DELAY_MS } from './reached.ts';
import type { Reported, State } from './state.ts';
import { goesOnFrom, isReadWhole, type Trail } from './trail.ts';

export interface NewsRequest {
  readonly audit: Audit;
  readonly rules: readonly Rule[];
  /** What the last run left. */
  readonly state: State;
}

/** The audit without what earlier runs have told of events, and what of the rest is to be remembered. */
export interface News {
  readonly audit: Audit;
  readonly reported: readonly Reported[];
}

/**
 * Of rules' words on events those that no report has held yet; what is said of resources stays as it is.
 *
 * A rule that judges each event by itself: every word that is not among those reported, however late its event was delivered. A rule
 * over time judges the events before the last run's end again, without all that came before them, and may come to other words on
 * them: of those that lie before the end of what it has judged, less CloudTrail's delay, none is told. A match that goes on into
 * later time, because others are counted in it, counts as lying there.
 */
export function newsOf({ audit, rules, state }: NewsRequest): News {
  const judge = newsJudge({ audit, rules, state });
  const findings = audit.findings.flatMap(finding => {
    const { rule, resource, time, evidence } = finding;
    const word = judge({ rule, resource, time, evidence, status: 'match' });
    return word === 'old' ? [] : [{ finding, word }];
  });
  const notEvaluated = audit.notEvaluated.flatMap(entry => {
    const { rule, resource } = entry;
    const word = judge({ rule, resource, time: undefined, evidence: [], status: 'not evaluated' });
    return word === 'old' ? [] : [{ entry, word }];
  });
  return {
    audit: {
      ...audit,
      findings: findings.map(({ finding }) => finding),
      notEvaluated: notEvaluated.map(({ entry }) => entry),
    },
    reported: [...findings, ...notEvaluated].flatMap(({ word }) => (word === 'always' ? [] : [word])),
  };
}

interface Word {
  readonly rule: string;
  readonly resource: Resource;
  readonly time: string | undefined;
  readonly evidence: readonly Evidence[];
  readonly status: Reported['status'];
}

/** `always`: not about an event, and told in every report; `old`: told, or not to be; else what to remember of it. */
function newsJudge({ audit, rules, state }: NewsRequest): (word: Word) => Reported | 'always' | 'old' {
  const ruleOf = new Map(rules.map(rule => [rule.id, rule]));
  const isTold = toldBefore(state.reported);
  const trails = trailsRead(audit.snapshot, state);
  const times = timesOf(audit);
  return ({ rule: id, resource, time: known, evidence, status }) => {
    if (resource.kind !== 'event' || isPlace(resource)) return 'always';
    const time = known ?? times.get(resource.id);
    const rule = ruleOf.get(id);
    const entry = { rule: id, event_id: resource.id, time: time ?? audit.snapshot.takenAt, status };
    if (isTold(entry)) return 'old';
    const isBehind = rule !== undefined && isOverTime(rule) && time !== undefined && liesBehind(rule);
    return isBehind ? 'old' : entry;

    function liesBehind(rule: Rule): boolean {
      const from = goesOnFrom(rule, resource.region, trails);
      return from !== undefined && Date.parse(time!) + swallowMs(rule, evidence) < from - DELAY_MS;
    }
  };
}

function trailsRead({ accounts }: Snapshot, { accounts: before }: State): readonly Trail[] {
  return accounts.flatMap(({ id, regions }) =>
    regions
      .filter(isReadWhole)
      .map(({ name, lookups: asked = [] }) => ({ region: name, asked, reached: before[id]?.[name] })),
  );
}

/**
 * How long after its own time a word may have taken to itself events that another should have told, milliseconds: suppression counts
 * them in, and of two windows that overlap one is told, which with less before it may be the other one. Such a word is told
 * rather than nothing.
 */
function swallowMs({ run, suppression }: Rule, evidence: readonly Evidence[]): number {
  const isCounting = evidence.some(({ field }) => field === 'suppressed');
  const counted = isCounting ? (suppression?.durationMs ?? 0) : 0;
  const windows = 'over' in run && run.over.kind === 'threshold' ? 2 * run.over.windowMs : 0;
  return counted + windows;
}

/** Who has told of a match need not tell that it cannot tell. */
function toldBefore(reported: readonly Reported[]): (entry: Reported) => boolean {
  // There may be hundreds of thousands: maps of texts that are there already, and no keys made of them.
  const byRule = new Map<string, Map<string, Reported['status']>>();
  for (const { rule, event_id: event, status } of reported) {
    const byEvent = byRule.get(rule) ?? new Map<string, Reported['status']>();
    byRule.set(rule, byEvent);
    if (byEvent.get(event) !== 'match') byEvent.set(event, status);
  }
  return ({ rule, event_id: event, status }) => {
    const before = byRule.get(rule)?.get(event);
    return before === 'match' || before === status;
  };
}

function timesOf({ documents }: Audit): ReadonlyMap<string, string> {
  const times = documents.flatMap(({ kind, resource, body }) => {
    const time = kind === 'event' ? textAt(body, '@timestamp') : undefined;
    return time === undefined ? [] : [[resource.id, time] as const];
  });
  return new Map(times);
}
