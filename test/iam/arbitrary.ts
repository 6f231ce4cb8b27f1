// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written that way.
import fc from 'fast-check';
import { ABSENT, type Context, type ContextValue, known, layered, PRESENT, UNKNOWN } from '../../src/iam/context.ts';
import type { Layer, LayerName, Layers, NamedPolicy } from '../../src/iam/layer.ts';
import { readPolicy } from '../../src/iam/policy.ts';
import { directCallContext, principalContext, resourceContext } from '../../src/iam/session.ts';

/** Short patterns over a few letters, the colon and the wildcards. */
export const patternText = fc
  .array(fc.constantFrom('a', 'b', ':', '*', '?'), { maxLength: 6 })
  .map(letters => letters.join(''));

/** Every text over these letters up to that length. */
export function textsOf(letters: string, length: number): readonly string[] {
  let last = [''];
  const all = [''];
  for (let at = 0; at < length; at++) {
    last = last.flatMap(text => [...letters].map(letter => text + letter));
    all.push(...last);
  }
  return all;
}

/** A small world in which statements meet often. The second, third and sixth action are about no resource. */
export const ACTIONS = [
  's3:GetObject',
  's3:ListAllMyBuckets',
  'ec2:DescribeInstances',
  's3:ListBucket',
  'iam:PassRole',
  'iam:ListRoles',
  's3:NotInventedYet',
  'sts:GetCallerIdentity',
] as const;

export const RESOURCES = [
  '*',
  'arn:aws:s3:::a',
  'arn:aws:s3:::b',
  'arn:aws:s3:::ab',
  'arn:aws:s3:::a/x',
  'arn:aws:s3:::b/a/x',
  'arn:aws:iam::111122223333:role/a',
  'arn:aws:iam::111122223333:role/b',
  'arn:aws:iam::444455556666:role/a',
] as const;

const actionPattern = fc.constantFrom(
  '*',
  's3:*',
  's3:Get*',
  'S3:getobject',
  's3:List*',
  's3:ListBucket',
  'iam:*',
  'iam:PassRole',
  'ec2:Describe*',
  '*:*e*',
  's3:NotInventedYet',
  's3:GetObject,s3:ListBucket',
);

/** `*a` is about almost every action there is, which takes long to find out. */
const resourcePattern = fc.oneof(
  { weight: 1, arbitrary: fc.constant('*a') },
  { weight: 60, arbitrary: usualPattern() },
);

function usualPattern(): fc.Arbitrary<string> {
  return fc.constantFrom(
    '*',
    'arn:aws:s3:::a',
    'arn:aws:s3:::a*',
    'arn:aws:s3:::*/x',
    'arn:aws:s3:::?',
    'arn:aws:s3:::${aws:PrincipalTag/t}*',
    'arn:aws:s3:::${k}',
    'arn:aws:s3',
    'arn:aws:iam::*:role/*',
    'arn:aws:iam::111122223333:*',
    'arn:aws:iam::111122223333:role/${aws:PrincipalTag/t}',
  );
}

const conditionKey = fc.constantFrom(
  'k',
  'K',
  'aws:PrincipalTag/t',
  'aws:PrincipalTag/none',
  'aws:RequestedRegion',
  'aws:ResourceAccount',
  'aws:MultiFactorAuthPresent',
  'iam:PassedToService',
);

const conditionOperator = fc.constantFrom(
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringEqualsIfExists',
  'StringNotLikeIfExists',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringLike',
  'ForAnyValue:StringNotEquals',
  'Null',
  'Bool',
);

const conditionValue = fc.constantFrom(
  'a',
  'b',
  '*',
  'true',
  'false',
  'us-east-1',
  '111122223333',
  '${aws:PrincipalTag/t}',
  'lambda.amazonaws.com',
);

const condition = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc
      .dictionary(
        conditionOperator,
        fc.dictionary(
          conditionKey,
          fc.oneof(conditionValue, fc.array(conditionValue, { minLength: 1, maxLength: 2 })),
          {
            minKeys: 1,
            maxKeys: 1,
          },
        ),
        { minKeys: 1, maxKeys: 2 },
      )
      .map(withTruths),
  },
);

type Conditions = Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;

/** What `Null` and `Bool` of anything but a truth mean nobody knows. */
function withTruths(written: Conditions): Conditions {
  const truth = (text: string) => (text === 'false' ? text : 'true');
  return Object.fromEntries(
    Object.entries(written).map(([operator, keys]) => [
      operator,
      operator !== 'Null' && operator !== 'Bool'
        ? keys
        : Object.fromEntries(
            Object.entries(keys).map(([key, value]) => [key, Array.isArray(value) ? value.map(truth) : truth(value)]),
          ),
    ]),
  );
}

const oneOrTwo = (arbitrary: fc.Arbitrary<string>) => fc.array(arbitrary, { minLength: 1, maxLength: 2 });

export interface StatementJson {
  readonly Effect: string;
  readonly [element: string]: unknown;
}

/** A statement as JSON has it. */
export const statement: fc.Arbitrary<StatementJson> = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    action: fc.constantFrom('Action', 'Action', 'Action', 'NotAction'),
    actions: oneOrTwo(actionPattern),
    resource: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
    resources: oneOrTwo(resourcePattern),
    Condition: condition,
  })
  .map(({ Effect, action, actions, resource, resources, Condition }) => ({
    Effect,
    [action]: actions,
    [resource]: resources,
    ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
  }));

/** A policy as JSON has it. */
export const policyJson = fc
  .array(statement, { maxLength: 3 })
  .map(Statement => ({ Version: '2012-10-17', Statement }));

export type PolicyJson = { readonly Version: string; readonly Statement: readonly StatementJson[] };

export interface LayerJson {
  readonly name: LayerName;
  /** Undefined: not read. */
  readonly policies: readonly (PolicyJson | undefined)[];
  readonly complete: boolean;
}

/** `known`: nothing of it is unread. */
function layerJson(name: LayerName, isKnown: boolean): fc.Arbitrary<LayerJson> {
  const policy = isKnown ? policyJson : fc.option(policyJson, { nil: undefined, freq: 8 });
  return fc.record({
    name: fc.constant(name),
    policies: fc.array(policy, { minLength: 1, maxLength: 2 }),
    complete: isKnown ? fc.constant(true) : fc.constantFrom(true, true, true, true, false),
  });
}

/** Identity policies, and perhaps a boundary and session policies. */
export function layersJson({ known: isKnown = false } = {}): fc.Arbitrary<readonly LayerJson[]> {
  return fc
    .tuple(
      layerJson('identity', isKnown),
      fc.option(layerJson('boundary', isKnown), { nil: undefined }),
      fc.option(layerJson('session', isKnown), { nil: undefined }),
    )
    .map(layers => layers.filter(layer => layer !== undefined));
}

export function layersOf(layers: readonly LayerJson[]): Layers {
  return layers.map(
    ({ name, policies, complete }): Layer => ({
      name,
      complete,
      policies: policies.map(
        (json, at): NamedPolicy => ({ name: `${name} ${at}`, reading: json && readPolicy(json, 'identity') }),
      ),
    }),
  );
}

/** The same with a policy for each that was not read, and for those that may be there besides. */
export function completed(layers: readonly LayerJson[], filler: PolicyJson): readonly LayerJson[] {
  return layers.map(({ name, policies, complete }) => ({
    name,
    policies: [...policies.map(policy => policy ?? filler), ...(complete ? [] : [filler])],
    complete: true,
  }));
}

export const NOW = new Date('2026-01-01T00:00:00Z');
export const ROLE = 'arn:aws:iam::111122223333:role/app';

/** What is known of the keys that nobody else settles; those of `aws:PrincipalTag/t` and `k`. */
export interface Knowledge {
  readonly tag: ContextValue;
  readonly k: ContextValue;
}

const value = fc.constantFrom(known('a'), known('b'), known('*'), ABSENT);

export const knowledge: fc.Arbitrary<Knowledge> = fc.record({
  tag: fc.oneof(value, fc.constant(UNKNOWN)),
  k: fc.oneof(value, fc.constantFrom(UNKNOWN, PRESENT, known('a', 'b'))),
});

/** One that leaves nothing open. */
export const fullKnowledge: fc.Arbitrary<Knowledge> = fc.record({ tag: value, k: value });

/** What is known of the session: see principalContext. */
export function principalOf({ tag, k }: Knowledge): Context {
  const own = (key: string) => (key === 'aws:principaltag/t' ? tag : key === 'k' ? k : UNKNOWN);
  const facts = principalContext({ roleArn: ROLE, roleTags: [], mappings: [], now: NOW });
  return key => (key === 'aws:principaltag/t' ? tag : layered(own, facts)(key));
}

export interface RequestJson {
  readonly action: string;
  readonly resource: string;
}

/** All that is known of a request of this session. */
export function contextOfRequest({ action, resource }: RequestJson, principal: Context, passedTo?: string): Context {
  const chosen: Context = key => (key === 'iam:passedtoservice' && passedTo !== undefined ? known(passedTo) : UNKNOWN);
  return layered(chosen, resourceContext(resource), directCallContext(action, NOW), principal);
}

/** Settles every key that the context leaves open: one value for all of them, or their absence where that can be. */
export function settled(context: Context, filling: ContextValue): Context {
  return key => {
    const value = context(key);
    if (value.kind !== 'unknown') return value;
    return value.present && filling.kind === 'absent' ? known('c') : filling;
  };
}

/** What the open keys may turn out to be. */
export const FILLINGS: readonly ContextValue[] = [
  ABSENT,
  known('a'),
  known('b'),
  known('true'),
  known('us-east-1'),
  known('111122223333'),
  known('a', 'true'),
];
