import type { Layers } from '../../iam/layer.ts';
import type { Policy } from '../../iam/policy.ts';
import type { Principal } from '../../iam/powers/principal.ts';
import { ROLES_ANYWHERE } from '../../iam/principal.ts';
import type { AccountSnapshot } from '../../snapshot/snapshot.ts';
import type { Iam } from './iam.ts';
import { sessionLayer } from './layers.ts';

/** Where the account goes by the attributes of certificates that Roles Anywhere makes session tags of. */
export interface X509Use {
  /** Names of policies that ask for one, and whether others may that were not read. */
  readonly policies: readonly string[];
  /** Roles whose trust policies ask for one of a certificate's holder. */
  readonly trusts: readonly string[];
  /** The tag keys asked for, as they are written first. */
  readonly keys: readonly string[];
  readonly complete: boolean;
}

export function x509Use(account: AccountSnapshot, iam: Iam, principals: readonly Principal[]): X509Use {
  const policies = new Set<string>();
  const trusts = new Set<string>();
  const keys = new Map<string, string>();
  let complete = true;
  const note = (found: readonly string[], where: Set<string>, name: string) => {
    for (const key of found) if (!keys.has(key.toLowerCase())) keys.set(key.toLowerCase(), key);
    if (found.length > 0) where.add(name);
  };
  const look = (layers: Layers, owner: string) => {
    for (const { policies: named, complete: whole } of layers) {
      complete &&= whole;
      for (const { name, reading } of named) {
        if (reading?.kind !== 'parsed') complete = false;
        else note(keysIn(reading.policy), policies, name.startsWith('arn:') ? name : `${name} of ${owner}`);
      }
    }
  };
  for (const { layers, arn } of principals) look(layers, arn);
  for (const profile of account.regions.flatMap(region => region.profiles))
    look(sessionLayer(profile, iam.managed), profile.profileArn);
  for (const { role, trustPolicy } of iam.everyRole) {
    if (trustPolicy === undefined) complete = false;
    else note(keysIn(trustPolicy), admitsOthers(trustPolicy) ? policies : trusts, role.Arn);
  }
  return { policies: [...policies].sort(), trusts: [...trusts].sort(), keys: [...keys.values()].sort(), complete };
}

const remembered = new WeakMap<Policy, readonly string[]>();

function keysIn(policy: Policy): readonly string[] {
  const known = remembered.get(policy);
  if (known !== undefined) return known;
  const made = policy.statements
    .filter(({ text }) => /x509/i.test(text))
    .flatMap(({ text }) => [...text.matchAll(/aws:principaltag\/(x509(?:subject|issuer|san)[^"$},]*)/gi)])
    .map(([, key = '']) => key.trim());
  remembered.set(policy, made);
  return made;
}

/** What a tag pretends is nothing to Roles Anywhere itself, which sees the certificate: only others can come with a false one. */
function admitsOthers({ statements }: Policy): boolean {
  return statements
    .filter(({ text }) => /principaltag\/x509/i.test(text))
    .some(
      ({ principals }) =>
        principals === undefined ||
        principals.negated ||
        principals.members.some(({ type, value }) => type !== 'Service' || value !== ROLES_ANYWHERE),
    );
}
