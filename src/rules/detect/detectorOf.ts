import type { JsonObject } from '../../documents/document.ts';
import { vocabularyFor } from '../../documents/fields.ts';
import { unknownIn } from '../../documents/path.ts';
import type { Rule, Run } from '../rule.ts';
import type { Detector, DetectorEvent, Judge, Judged } from './detector.ts';
import { newTerms } from './newTerms.ts';
import { sequence } from './sequence.ts';
import { singleEvents } from './singleEvents.ts';
import { suppressing } from './suppress.ts';
import { threshold } from './threshold.ts';

/** What of a rule decides how it judges. */
export type JudgedRule = Pick<Rule, 'kind' | 'type' | 'run' | 'suppression' | 'offline'>;

export interface DetectorOptions {
  /** The time of the first record there is. By default that of the first event pushed. */
  readonly begins?: (() => number) | undefined;
  /** How much each kind keeps, instead of its own limit. */
  readonly most?: number | undefined;
}

/** Whether the rule's word on an event hangs on other events, and on when those were. */
export function isOverTime({ run, suppression }: Pick<Rule, 'run' | 'suppression'>): boolean {
  return 'over' in run || 'sequence' in run || suppression !== undefined;
}

/** A rule ready to watch events. Throws for a rule that cannot be run: ask `'unsupported' in rule.run` first. */
export function detectorOf<E extends Judged = DetectorEvent>(
  rule: JudgedRule,
  options: DetectorOptions = {},
): Detector<E> {
  let first = Number.POSITIVE_INFINITY;
  const judge = suppressed(rule, judgeOf<E>(rule, { begins: () => first, ...options }), options);
  const ready = (document: JsonObject) => judge.ready(withUnknown(document, rule.offline.unmapped));
  return {
    order: judge.order,
    ready,
    held: () => judge.held(),
    push(event) {
      first = Math.min(first, event.time);
      return ready(event.document)?.(event) ?? [];
    },
    end: () => judge.end(),
    get forgotten() {
      return judge.forgotten;
    },
  };
}

function judgeOf<E extends Judged>(
  { kind, run }: JudgedRule,
  { begins, most }: DetectorOptions & { readonly begins: () => number },
): Judge<E> {
  const vocabulary = vocabularyFor(kind);
  if ('sequence' in run) return sequence(run.sequence, most);
  if ('unsupported' in run) throw new Error(`a rule that cannot be run: ${run.unsupported}`);
  const over = overOf(run);
  if (over === undefined) return singleEvents(run.query);
  return over.kind === 'new_terms'
    ? newTerms(run.query, over, { vocabulary, begins, most })
    : threshold(run.query, over, { vocabulary, most });
}

function overOf(run: Run) {
  return 'over' in run ? run.over : undefined;
}

function suppressed<E extends Judged>(
  { kind, type, suppression }: JudgedRule,
  judge: Judge<E>,
  { most }: DetectorOptions,
): Judge<E> {
  if (suppression === undefined) return judge;
  return suppressing(judge, suppression, { vocabulary: vocabularyFor(kind), perValue: type === 'query', most });
}

/** A field that is in no vocabulary may have any value: nobody has looked. */
function withUnknown(document: JsonObject, fields: readonly string[]): JsonObject {
  return fields.length === 0 ? document : { ...document, unknown: [...unknownIn(document), ...fields] };
}
