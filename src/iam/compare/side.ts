import type { Context } from '../context.ts';
import { contentOf, type Layer, type Layers, type NamedPolicy, type PlacedStatement } from '../layer.ts';
import type { Statement } from '../policy.ts';
import { type Entry, entryOf } from './entry.ts';
import { type Facts, withFacts } from './known.ts';

/** One of the two stacks of layers, made ready for questions. */
export interface Side {
  readonly layers: readonly SideLayer[];
  /** Of all layers: a Deny in any of them denies. */
  readonly denies: readonly Entry[];
  /** Policies whose content is not known, of all layers. */
  readonly unread: readonly string[];
  /** The layers without those. */
  readonly readable: Layers;
  readonly facts: Facts;
}

export interface SideLayer {
  readonly allows: readonly Entry[];
  /** Whether there is no policy of it that may allow more. */
  readonly complete: boolean;
}

/** Statements that apply to no request of which these facts hold are left out. */
export function sideOf(layers: Layers, facts: Facts): Side {
  const context = facts('');
  const understood = layers.map(layer => ({ ...layer, policies: layer.policies.map(withoutPrincipals) }));
  const contents = understood.map(contentOf);
  const entries = contents.map(({ statements }) => statements.flatMap(each => entriesOf(each, context)));
  return {
    layers: entries.map((each, at) => ({
      allows: each.filter(has('Allow')),
      complete: contents[at]!.unread.length === 0,
    })),
    denies: entries.flat().filter(has('Deny')),
    unread: contents.flatMap(({ unread }) => unread),
    readable: understood.map(readableOf),
    facts,
  };
}

function entriesOf(source: PlacedStatement, context: Context): readonly Entry[] {
  const placed = withFacts(source, context);
  return placed === undefined ? [] : [entryOf(source, placed)];
}

function has(effect: Statement['effect']): (entry: Entry) => boolean {
  return ({ placed }) => placed.statement.effect === effect;
}

/** Who it is about is not weighed here, so a policy that is not about everybody is as good as not read. */
function withoutPrincipals(policy: NamedPolicy): NamedPolicy {
  if (policy.reading?.kind !== 'parsed') return policy;
  const about = policy.reading.policy.statements.find(
    ({ principals }) => principals !== undefined && !isEverybody(principals),
  );
  if (about === undefined) return policy;
  const where = `/Statement/${about.at}`;
  return { name: policy.name, reading: { kind: 'unparsable', reason: 'its Principal is not weighed', where } };
}

function isEverybody({ negated, members }: NonNullable<Statement['principals']>): boolean {
  return !negated && members.some(({ type, value }) => type === 'AWS' && value === '*');
}

function readableOf({ name, policies }: Layer): Layer {
  return { name, policies: policies.filter(({ reading }) => reading?.kind === 'parsed'), complete: true };
}
