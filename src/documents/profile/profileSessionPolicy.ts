import { createHash } from 'node:crypto';
import { accountIn } from '../../iam/arn.ts';
import type { Layers, NamedPolicy } from '../../iam/layer.ts';
import type { Statement } from '../../iam/policy.ts';
import type { Truth } from '../../iam/truth.ts';
import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot } from '../../snapshot/snapshot.ts';
import { type Fact, type Facts, partly, UNKNOWN } from '../facts.ts';
import { isForAll, type ManagedPolicies, sessionLayer } from '../iam/layers.ts';
import { hasSessionPolicy, inlineSessionPolicy, whyRefused } from '../iam/sessionPolicy.ts';

export interface SessionPolicySetting {
  readonly account: AccountSnapshot;
  readonly managed: ManagedPolicies;
}

/** The session policies of a profile: whether they can work, and what they come to by themselves. */
export function sessionPolicyFacts(profile: ProfileDetail, { account, managed }: SessionPolicySetting): Facts {
  const inline = inlineSessionPolicy(profile);
  const own: Facts = {
    present: hasSessionPolicy(profile),
    inline: inline !== undefined,
    sha256: inline === undefined ? undefined : createHash('sha256').update(inline).digest('hex'),
    managed_arns: profile.managedPolicyArns ?? [],
  };
  if (!hasSessionPolicy(profile)) return own;
  const layer = sessionLayer(profile, managed);
  const because = whyRefused(profile);
  return {
    ...own,
    ...validity(inline, layer),
    characters: inline?.length ?? 0,
    too_large: because !== undefined,
    too_large_because: because,
    managed_missing: missingAmong(profile.managedPolicyArns ?? [], account),
    allows_everything: allowsEverything(layer),
    allows_nothing: allowsNothing(layer),
  };
}

/** An inline policy is JSON text as it stands; there is nothing to say of profiles that have none. */
function validity(inline: string | undefined, layer: Layers): Facts {
  if (inline === undefined) return {};
  const [first] = policiesIn(layer);
  const reading = first?.reading;
  if (!inline.startsWith('{')) return { valid: false, problem: 'the policy is not JSON at 1:1' };
  if (reading?.kind !== 'unparsable') return { valid: true };
  return { valid: false, problem: reading.where === '' ? reading.reason : `${reading.reason} at ${reading.where}` };
}

/** One union: whether a statement lets everything through and none takes anything back. */
export function allowsEverything(layer: Layers): Fact {
  const statements = statementsIn(layer);
  const open = statements.some(each => isForAll(each) && each.conditions.length === 0);
  if (statements.some(({ effect }) => effect === 'Deny')) return false;
  if (isRead(layer)) return open;
  return UNKNOWN;
}

/** A layer without an Allow leaves nothing (IAM user guide, "Policy evaluation logic"). */
function allowsNothing(layer: Layers): Fact {
  if (statementsIn(layer).some(({ effect }) => effect === 'Allow')) return false;
  return isRead(layer) ? true : UNKNOWN;
}

function policiesIn(layers: Layers): readonly NamedPolicy[] {
  return layers.flatMap(({ policies }) => policies);
}

function statementsIn(layers: Layers): readonly Statement[] {
  return policiesIn(layers).flatMap(({ reading }) => (reading?.kind === 'parsed' ? reading.policy.statements : []));
}

function isRead(layers: Layers): boolean {
  return policiesIn(layers).every(({ reading }) => reading?.kind === 'parsed');
}

function missingAmong(arns: readonly string[], account: AccountSnapshot): Fact {
  const answers = arns.map(arn => isMissing(arn, account));
  const missing = arns.filter((_, at) => answers[at] === true);
  return answers.includes(undefined) ? partly(missing) : missing;
}

/**
 * STS takes managed policies of the role's own account and AWS's alone (STS API, AssumeRole: PolicyArns). One that is not
 * before us is not there if it was asked for; snapshots that somebody put together leave AWS's out.
 */
function isMissing(arn: string, { id, policies, unread, notAsked, iamReadBy }: AccountSnapshot): Truth {
  const owner = accountIn(arn);
  if (owner !== 'aws' && !/^\d{12}$/.test(owner ?? '')) return undefined;
  if (owner !== 'aws' && owner !== id) return true;
  if (policies.some(policy => policy.Arn === arn)) return false;
  const asked = !notAsked.includes('policies') && (owner === id || iamReadBy !== undefined);
  return asked && !unread.some(each => each.resource === arn || isListOfPolicies(each.operation)) ? true : undefined;
}

function isListOfPolicies(operation: string): boolean {
  return operation === 'iam:GetAccountAuthorizationDetails';
}
