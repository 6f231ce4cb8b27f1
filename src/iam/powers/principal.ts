import { accountIn } from '../arn.ts';
import { ABSENT, type Context, contextOf, known, PRESENT, UNKNOWN } from '../context.ts';
import type { Layers } from '../layer.ts';

/** A user, or a role whoever assumes it, with what its policies are. */
export interface Principal {
  readonly kind: 'user' | 'role';
  readonly arn: string;
  /** The unique id; undefined: not read. */
  readonly id: string | undefined;
  /** Identity policies, a user's groups' included, and permissions boundary. */
  readonly layers: Layers;
  /** Undefined: not read. */
  readonly tags: readonly (readonly [string, string])[] | undefined;
  /** ARNs of the groups that a user is in. */
  readonly groups: readonly string[];
}

const PRINCIPAL_TAG = 'aws:principaltag/';

/**
 * What is known of every request of a principal (IAM user guide, "Global condition keys"). How somebody came to a role's session
 * is not: there may be MFA, a source identity, session tags beside the role's own.
 */
export function contextOfPrincipal({ kind, arn, id, tags }: Principal): Context {
  const facts = contextOf([
    ['aws:PrincipalArn', known(arn)],
    ['aws:PrincipalAccount', known(accountIn(arn) ?? '')],
    ['aws:PrincipalIsAWSService', known('false')],
    ['aws:PrincipalServiceName', ABSENT],
    ['aws:PrincipalServiceNamesList', ABSENT],
    ...(kind === 'user' ? ofUser(arn, id) : OF_ROLE),
  ]);
  const own = tags && new Map(tags.map(([key, value]) => [key.toLowerCase(), value]));
  return key => (key.startsWith(PRINCIPAL_TAG) ? tagValue(key.slice(PRINCIPAL_TAG.length)) : facts(key));

  function tagValue(key: string) {
    const value = own?.get(key);
    if (value !== undefined) return known(value);
    return own !== undefined && kind === 'user' ? ABSENT : UNKNOWN;
  }
}

function ofUser(arn: string, id: string | undefined) {
  return [
    ['aws:PrincipalType', known('User')],
    ['aws:username', known(arn.slice(arn.lastIndexOf('/') + 1))],
    ['aws:userid', id === undefined ? PRESENT : known(id)],
    ['aws:FederatedProvider', ABSENT],
  ] as const;
}

const OF_ROLE = [
  ['aws:PrincipalType', known('AssumedRole')],
  ['aws:username', ABSENT],
  ['aws:userid', PRESENT],
  ['aws:TokenIssueTime', PRESENT],
] as const;
