import type { PolicyReading, Statement } from './policy.ts';

/** A policy by its name: an ARN, or the name of an inline one. `reading` undefined: it could not be read. */
export interface NamedPolicy {
  readonly name: string;
  readonly reading: PolicyReading | undefined;
}

export const LAYER_NAMES = ['identity', 'boundary', 'session', 'scp', 'rcp'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

/**
 * One of the things that must allow a request (IAM user guide, "Policy evaluation logic"): its policies are a union.
 * `complete`: these are all of them.
 */
export interface Layer {
  readonly name: LayerName;
  readonly policies: readonly NamedPolicy[];
  readonly complete: boolean;
}

/**
 * All that bounds a session. A layer that is absent bounds nothing; one that is there and allows nothing leaves nothing.
 * Several SCPs or RCPs of one level are one layer; each level is a layer of its own.
 */
export type Layers = readonly Layer[];

/** A statement and where it comes from. */
export interface PlacedStatement {
  readonly layer: LayerName;
  readonly policy: string;
  readonly statement: Statement;
}

/** What is known of a layer to be in force, and the names of the policies whose content is not known. */
export interface LayerContent {
  readonly statements: readonly PlacedStatement[];
  readonly unread: readonly string[];
}

export function contentOf({ name, policies, complete }: Layer): LayerContent {
  const statements = policies.flatMap(({ name: policy, reading }) =>
    reading?.kind === 'parsed' ? reading.policy.statements.map(statement => ({ layer: name, policy, statement })) : [],
  );
  const unread = policies.filter(({ reading }) => reading?.kind !== 'parsed').map(unreadName);
  return { statements, unread: complete ? unread : [...unread, `other ${name} policies`] };
}

function unreadName({ name, reading }: NamedPolicy): string {
  return reading?.kind === 'unparsable' ? `${name} (${reading.reason} at ${reading.where || '/'})` : name;
}
