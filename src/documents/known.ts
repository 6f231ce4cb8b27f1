import ipaddr from 'ipaddr.js';
import { globOf, matches } from '../iam/glob.ts';
import type { Lists } from '../settings/settings.ts';
import type { JsonObject } from './document.ts';
import { readerOf, textAt } from './path.ts';

/** Says in an event's document whether it is the work of somebody known, from somewhere known. */
export type Recognise = (body: JsonObject) => JsonObject;

/** By the lists of `postern.toml`; of a list that is empty nothing is said. */
export function recogniserOf({ known_actors: actors, known_networks: networks }: Lists): Recognise | undefined {
  if (actors.length + networks.length === 0) return undefined;
  const isKnownActor = actors.length === 0 ? undefined : actorTest(actors);
  const isKnownNetwork = networks.length === 0 ? undefined : networkTest(networks);
  return body => ({
    ...body,
    postern: {
      ...(isKnownActor && { known_actor: actorOf(body).some(isKnownActor) }),
      ...(isKnownNetwork && { known_network: isKnownNetwork(textAt(body, 'source.ip')) }),
    },
  });
}

const session = readerOf('aws.cloudtrail.user_identity.arn');
const issuer = readerOf('aws.cloudtrail.user_identity.session_context.session_issuer.arn');

/** A session by its own name, and by its role's. */
function actorOf(body: JsonObject): readonly string[] {
  return [...session(body), ...issuer(body)].filter(each => typeof each === 'string');
}

/** Whether a principal is among the known ones; `*` in a pattern stands for any characters. */
export function actorTest(patterns: readonly string[]): (arn: string) => boolean {
  const globs = patterns.map(globOf);
  return arn => globs.some(glob => matches(glob, arn));
}

/** A call that a service made for somebody comes from no address. */
function networkTest(networks: readonly string[]): (address: string | undefined) => boolean {
  const ranges = networks.map(each => ipaddr.parseCIDR(each));
  return text => {
    if (text === undefined || !ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    return ranges.some(([range, bits]) => address.kind() === range.kind() && address.match([range, bits] as never));
  };
}
