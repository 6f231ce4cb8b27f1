import { distinct } from '../lists.ts';
import type { Entities } from './entities.ts';
import { type EntityKind, instanceIdOf, kindOfTarget } from './entityKinds.ts';
import { type Json, type JsonObject, nonEmptyList, nonEmptyObject } from './record.ts';

/** The entity fields of a document, by the objects that they stand in. */
export interface EntityFields {
  readonly related: Json[] | undefined;
  readonly actor: JsonObject | undefined;
  readonly target: JsonObject | undefined;
  readonly entity: JsonObject | undefined;
  readonly host: JsonObject | undefined;
  /** What `service` and `user` hold besides other fields. */
  readonly service: InOther;
  readonly user: InOther;
}

interface InOther {
  readonly entity: JsonObject | undefined;
  readonly targetEntity: JsonObject | undefined;
}

export function entityFields(entities: Entities | undefined): EntityFields {
  const { related = NONE, targets = NONE, actor } = entities?.isMisshapen ? {} : (entities ?? {});
  const actorIs = (kind: EntityKind) => idIn(actor?.kind === kind ? [kind === 'user' ? actor.id : actor.named] : []);
  const kinds = [...targets].map(id => ({ id, kind: kindOfTarget(id) }));
  const targetsOf = (kind: EntityKind) => kinds.filter(each => each.kind === kind).map(({ id }) => id);
  return {
    related: nonEmptyList([...related].sort()),
    actor: nonEmptyObject([['entity', idIn(actor === undefined ? [] : [actor.named])]]),
    target: nonEmptyObject([['entity', idIn([...targets])]]),
    entity: nonEmptyObject([...Object.entries(actorIs('other') ?? {}), ['target', idIn(targetsOf('other'))]]),
    host: nonEmptyObject([
      ['entity', actorIs('host')],
      ['target', hostTargets(targetsOf('host'))],
    ]),
    service: { entity: actorIs('service'), targetEntity: idIn(targetsOf('service')) },
    user: { entity: actorIs('user'), targetEntity: idIn(targetsOf('user')) },
  };
}

function hostTargets(hosts: readonly string[]): JsonObject | undefined {
  const instances = hosts.map(instanceIdOf).filter(id => id !== undefined);
  return nonEmptyObject([['entity', idIn(hosts)], ...Object.entries(idIn(instances) ?? {})]);
}

const NONE: ReadonlySet<string> = new Set();

function idIn(ids: readonly string[]): JsonObject | undefined {
  return nonEmptyObject([['id', nonEmptyList(distinct(ids))]]);
}
