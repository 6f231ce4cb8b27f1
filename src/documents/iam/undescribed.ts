import type { Layer } from '../../iam/layer.ts';
import { principalContext } from '../../iam/session.ts';
import type { ProfileDetail } from '../../snapshot/shapes.ts';
import { type Iam, mappingsOf, type Session } from './iam.ts';
import { sessionLayer } from './layers.ts';

export interface UndescribedQuestion {
  readonly profile: ProfileDetail;
  readonly roleArn: string;
  readonly iam: Iam;
  readonly now: Date;
}

/**
 * A session of a role that is not in the snapshot: of one that does not exist it may do nothing, of one that could not be read
 * nobody knows what. The profile bounds it all the same.
 */
export function undescribedSession({ profile, roleArn, iam, now }: UndescribedQuestion): Session {
  const policies = iam.named(roleArn).kind === 'missing' ? [] : [{ name: roleArn, reading: undefined }];
  const own: Layer = { name: 'identity', policies, complete: true };
  return {
    layers: [own, ...sessionLayer(profile, iam.managed)],
    principal: principalContext({ roleArn, roleTags: undefined, mappings: mappingsOf(profile), now }),
  };
}
