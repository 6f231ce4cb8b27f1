import { distinct } from '../../lists.ts';
import type { GateKind } from './path.ts';

/** What there is of Roles Anywhere in the account's regions. */
export interface Gates {
  readonly anchors: Listed<Gate & { /** ARN of the private CA behind it. */ readonly authority: string | undefined }>;
  readonly profiles: Listed<Gate & { readonly roleArns: readonly string[] }>;
  readonly crls: Listed<Gate>;
}

/** `complete`: these are all there are. */
export interface Listed<T> {
  readonly all: readonly T[];
  readonly complete: boolean;
}

interface Gate {
  readonly arn: string;
  readonly enabled: boolean;
}

const NONE_READ = { all: [], complete: false };

export const NO_GATES_READ: Gates = { anchors: NONE_READ, profiles: NONE_READ, crls: NONE_READ };

/** The ARNs of one kind, sorted. */
export function gatesOfKind(kind: GateKind, gates: Gates): Listed<string> {
  const known = byKind.get(gates) ?? new Map<GateKind, Listed<string>>();
  byKind.set(gates, known);
  const listed = known.get(kind) ?? gatesFor(kind, gates);
  known.set(kind, listed);
  return listed;
}

/** Every session of an account asks for the same. */
const byKind = new WeakMap<Gates, Map<GateKind, Listed<string>>>();

function gatesFor(kind: GateKind, { anchors, profiles, crls }: Gates): Listed<string> {
  switch (kind) {
    case 'trust anchor':
      return arnsOf(anchors, () => true);
    case 'disabled trust anchor':
      return arnsOf(anchors, ({ enabled }) => !enabled);
    case 'profile':
      return arnsOf(profiles, () => true);
    case 'CRL':
      return arnsOf(crls, () => true);
    case 'enabled CRL':
      return arnsOf(crls, ({ enabled }) => enabled);
    case 'authority':
      return { complete: anchors.complete, all: distinct(anchors.all.flatMap(({ authority }) => authority ?? [])) };
  }
}

/** Whether a profile that is switched on, or off, lists the role; undefined where it may be one that nobody has seen. */
export function isListed(roleArn: string, on: boolean, { profiles }: Gates): boolean | undefined {
  return rolesListed(profiles)[on ? 'on' : 'off'].has(roleArn) || (profiles.complete ? false : undefined);
}

/** The ARNs of the roles that profiles list which are switched on, and off. */
interface RolesListed {
  readonly on: ReadonlySet<string>;
  readonly off: ReadonlySet<string>;
}

function rolesListed(profiles: Gates['profiles']): RolesListed {
  const known = listed.get(profiles);
  if (known !== undefined) return known;
  const by = (on: boolean) =>
    new Set(profiles.all.filter(({ enabled }) => enabled === on).flatMap(({ roleArns }) => roleArns));
  const made = { on: by(true), off: by(false) };
  listed.set(profiles, made);
  return made;
}

const listed = new WeakMap<Gates['profiles'], RolesListed>();

function arnsOf<T extends Gate>({ all, complete }: Listed<T>, is: (gate: T) => boolean): Listed<string> {
  return { complete, all: distinct(all.filter(is).map(({ arn }) => arn)) };
}
