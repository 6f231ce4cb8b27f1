import { groupedBy } from '../../lists.ts';
import { once } from '../../memo/once.ts';
import { oncePer } from '../../memo/oncePer.ts';
import { recalling } from '../../memo/recalling.ts';
import { remembering } from '../../memo/remembering.ts';
import { accountIn } from '../arn.ts';
import { evaluateCondition } from '../condition/evaluate.ts';
import type { Condition, Policy, Statement } from '../policy.ts';
import { isOnAnchor, TRUST_ACTIONS } from '../trust.ts';
import { emptyMemory, type RequestFacts, requestOf } from './request.ts';

/** A trust policy that meets trust anchors: a question of a gate without the anchor. */
export interface Meeting extends Omit<RequestFacts, 'action' | 'anchorArn' | 'memory'> {
  readonly trust: Policy;
}

/** Which trust anchors a trust policy tells apart. */
export interface Kinds {
  /** The same for trust anchors on which its conditions on `aws:SourceArn` come to the same. */
  readonly kindOf: (anchorArn: string) => string;
  /** The places in the list of those that are of one kind, account and region: see placeOf. */
  readonly among: (anchorArns: readonly string[]) => readonly (readonly number[])[];
  /** Whether an ARN stands in one of its values, too. */
  readonly named: boolean;
}

/** A condition on the trust anchor. */
export interface Asked {
  readonly condition: Condition;
  readonly variables: boolean;
}

export function askedOfAnchors(statements: readonly Statement[]): readonly Asked[] {
  return statements.flatMap(({ conditions, variables }) =>
    conditions.filter(isOnAnchor).map(condition => ({ condition, variables })),
  );
}

export function kindsOf({ trust, mappings, acceptsSessionName, now }: Meeting): Kinds {
  const asked = askedOfAnchors(trust.statements);
  const [action] = TRUST_ACTIONS;
  const text = once(() => JSON.stringify([asked, mappings ?? null, acceptsSessionName ?? null, now]));
  const find = (anchorArn: string) => {
    const { context } = requestOf({
      mappings,
      acceptsSessionName,
      now,
      anchorArn,
      action: action!,
      memory: NOTHING_FOUND_OUT,
    });
    const truths = asked.map(({ condition, variables }) => evaluateCondition(condition, { context, variables }));
    return `${truths.map(String).join()} ${accountIn(anchorArn)}`;
  };
  return {
    kindOf: anchorArn => forText(text(), () => remembered(find)).kindOf(anchorArn),
    among: anchorArns => forText(text(), () => remembered(find)).among(anchorArns),
    named: isAnchorInValue(trust),
  };
}

type Remembered = Pick<Kinds, 'kindOf' | 'among'>;

function remembered(find: (anchorArn: string) => string): Remembered {
  const kindOf = remembering(find, ANCHORS);
  const among = oncePer((arns: readonly string[]) => [
    ...groupedBy([...arns.keys()], at => `${kindOf(arns[at]!)} ${placeOf(arns[at]!)}`).values(),
  ]);
  return { kindOf, among };
}

/** Many policies ask the same of anchors, by a pattern for all of them, say. No more is kept than of some that ask something else. */
const forText = recalling<string, Remembered>(100);
const ANCHORS = 5_000;

/** All of an ARN but the id. */
export function placeOf(anchorArn: string): string {
  return anchorArn.slice(0, anchorArn.lastIndexOf('/') + 1);
}

/** What a request tells without its statements takes none. */
const NOTHING_FOUND_OUT = emptyMemory();

export function isAnchorInValue({ statements }: Policy): boolean {
  return statements.some(({ text }) => /\$\{\s*aws:sourcearn/i.test(text));
}

/** Some of a list. */
export interface Sample<T = string> {
  readonly some: readonly T[];
  /** Whether the trust policy tells none of the others from all of these. */
  readonly complete: boolean;
}

/** Trust anchors, by their ARNs, that stand for all of these. */
export function representatives({ some: arns, complete }: Sample, meeting: Meeting): Sample {
  if (arns.length < 2) return { some: arns, complete };
  const { kindOf, named } = kindsOf(meeting);
  const byKind = new Map<string, string[]>();
  for (const arn of arns) {
    const kind = kindOf(arn);
    byKind.set(kind, [...(byKind.get(kind) ?? []), arn].slice(0, named ? NAMED_PER_KIND : 1));
  }
  const kinds = [...byKind.values()];
  const tried = named ? KINDS_TRIED_BY_NAME : KINDS_TRIED;
  return { some: kinds.slice(0, tried).flat(), complete: complete && kinds.length <= tried };
}

/** Where the ARN stands in a value what else is asked of that value may tell them apart. */
const NAMED_PER_KIND = 3;

/** More than people write; each costs as much as a gate. */
const KINDS_TRIED = 32;

/** There, of what was found out for one trust anchor nothing serves for another. */
const KINDS_TRIED_BY_NAME = 8;
