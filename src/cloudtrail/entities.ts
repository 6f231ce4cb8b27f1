import { Ids } from './entityIds.ts';
import { type EntityKind, kindOfActor } from './entityKinds.ts';
import { type EntityPath, entityPaths } from './entityPaths.ts';
import { at, type Json, listAt, textAt } from './record.ts';

/**
 * Who acted on what, as the integration's actor and target mapping tells it. Lists are sorted by UTF-16 units. Undefined
 * where the record names no event. `isMisshapen`: the integration stops at an id that is no text, and then tells nothing.
 */
export function entitiesOf(kept: Json | undefined): Entities | undefined {
  const eventName = at(kept, 'eventName');
  if (eventName === undefined) return undefined;
  const found = { related: new Ids(), targets: new Ids() };
  found.related.addAll(kept, OF_ANY_EVENT);
  if (textAt(kept, 'userIdentity', 'type') === 'IdentityCenterUser') found.related.addAll(kept, OF_IDENTITY_CENTER);
  const { related, targets } = entityPaths(textAt(kept, 'eventSource'), textAt(kept, 'eventName') ?? '');
  found.related.addAll(kept, related);
  found.targets.addAll(kept, targets);
  if (isSendCommand(kept)) found.targets.addWhileNew(commanded(kept));
  return {
    isMisshapen: found.related.isMisshapen || found.targets.isMisshapen || typeof eventName !== 'string',
    related: new Set([...found.related.all, ...found.targets.all]),
    targets: found.targets.all,
    actor: actorOf(kept),
  };
}

export interface Entities {
  readonly isMisshapen: boolean;
  readonly related: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
  readonly actor: EntityActor | undefined;
}

interface EntityActor {
  readonly kind: EntityKind;
  /** As the event names it: a session of a role, not the role. */
  readonly named: string;
  /** The same for every session of a role. */
  readonly id: string;
}

const OF_ANY_EVENT: readonly EntityPath[] = [
  { kind: 'text', path: ['userIdentity', 'accessKeyId'] },
  { kind: 'text', path: ['userIdentity', 'arn'] },
  { kind: 'text', path: ['userIdentity', 'userName'] },
  { kind: 'text', path: ['userIdentity', 'sessionContext', 'sessionIssuer', 'arn'] },
  { kind: 'text', path: ['userIdentity', 'sessionContext', 'sessionIssuer', 'userName'] },
  { kind: 'each', path: ['resources'], members: [['ARN']], inside: [] },
];

const OF_IDENTITY_CENTER: readonly EntityPath[] = [
  { kind: 'text', path: ['userIdentity', 'onBehalfOf', 'identityStoreArn'] },
];

function isSendCommand(kept: Json | undefined): boolean {
  return textAt(kept, 'eventSource') === 'ssm.amazonaws.com' && textAt(kept, 'eventName') === 'SendCommand';
}

/**
 * The instances named, else the values of the targets; all instances are their account. Null, which no id is, where
 * no list is.
 */
function commanded(kept: Json | undefined): readonly (Json | undefined)[] {
  const named = at(kept, 'requestParameters', 'instanceIds');
  const ids = named === undefined ? listAt(kept, 'requestParameters', 'targets').flatMap(valuesOf) : listOr(named);
  return ids.length === 1 && ids[0] === '*' ? [at(kept, 'recipientAccountId')] : ids;
}

function valuesOf(target: Json): readonly Json[] {
  return listOr(at(target, 'values'));
}

function listOr(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [null];
}

function actorOf(kept: Json | undefined): EntityActor | undefined {
  const type = textAt(kept, 'userIdentity', 'type');
  const named = actorNamed(kept, type);
  if (named === undefined) return undefined;
  const role = type === 'AssumedRole' ? textAt(kept, ...ROLE) : undefined;
  return { kind: kindOfActor(named, type), named, id: role ?? named };
}

const ROLE = ['userIdentity', 'sessionContext', 'sessionIssuer', 'arn'] as const;

function actorNamed(kept: Json | undefined, type: string | undefined): string | undefined {
  const arn = textAt(kept, 'userIdentity', 'arn');
  if (textAt(kept, 'eventSource') !== 'sts.amazonaws.com') return arn ?? onBehalfOf(kept);
  switch (textAt(kept, 'eventName')) {
    case 'AssumeRole':
      if (type === 'AWSService') return textAt(kept, 'userIdentity', 'invokedBy');
      return type === 'AssumedRole' ? textAt(kept, ...ROLE) : arn;
    case 'GetCallerIdentity':
      return arn;
    default:
      return arn ?? onBehalfOf(kept);
  }
}

function onBehalfOf(kept: Json | undefined): string | undefined {
  return textAt(kept, 'userIdentity', 'onBehalfOf', 'userId');
}
