import { all, some, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import { once } from '../../memo/once.ts';
import type { TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import { type Facts, type Later, later, orUnknown, partly, UNKNOWN } from '../facts.ts';
import type { Issuers } from '../pki/authorities.ts';
import { comersOf } from '../pki/comers.ts';
import { heldCertificate } from '../pki/heldCertificate.ts';
import type { RegionPki } from '../pki/regionPki.ts';
import { seenCompletely } from '../pki/seenCertificates.ts';
import { textIn } from '../record.ts';
import { above, daysSince, type Terms } from '../terms.ts';

/** Who comes by a trust anchor these days, and what to call to be rid of it where nobody does. */
export type AnchorUses = (anchor: TrustAnchorDetail) => { readonly use: Later; readonly calls: Later };

const NAMES_TOLD = 20;

/** Only a rule that speaks of a trust anchor asks: subjects and sessions of the region are then gone through, once. */
export function anchorUses(region: RegionSnapshot, pki: RegionPki, terms: Terms): AnchorUses {
  const comers = once(() => comersIn(region, pki, terms));
  const sessions = once(() => lastSessions(region));
  return anchor => {
    const use = once(() => useOf(anchor, { region, terms, comers: comers(), lastSession: sessions() }));
    return {
      use: later(() => use().facts),
      calls: later(() => ({ unless_used: use().recent === false ? disabling(anchor) : ['list-subjects'] })),
    };
  };
}

function disabling({ trustAnchorId }: TrustAnchorDetail): readonly string[] {
  return ['disable-trust-anchor', '--trust-anchor-id', trustAnchorId];
}

interface Setting {
  readonly region: RegionSnapshot;
  readonly terms: Terms;
  readonly comers: readonly Coming[];
  readonly lastSession: ReadonlyMap<string, string>;
}

interface Use {
  readonly facts: Facts;
  /** Whether somebody came by it lately. */
  readonly recent: Truth;
}

/** AWS makes a subject with its first session (user guide, "Trust model"): where all were read, nobody else has come. */
function useOf({ trustAnchorArn: arn }: TrustAnchorDetail, { region, terms, comers, lastSession }: Setting): Use {
  const those = comers.map(({ name, recent, issuers }) => ({ name, truth: all([recent, cameBy(arn, issuers)]) }));
  const { names, sure } = comersOf(those);
  const session = lastSession.get(arn);
  const complete = sure && seenCompletely(region);
  const recent = some([
    isRecent(session, terms) ?? false,
    ...those.map(({ truth }) => truth),
    complete ? false : undefined,
  ]);
  const told = toldOf(names);
  return {
    facts: {
      subjects: complete ? told : partly(told),
      last_session_at: session ?? (isComplete(region, 'events') ? undefined : UNKNOWN),
      recent: orUnknown(recent),
    },
    recent,
  };
}

function toldOf(names: readonly string[]): readonly string[] {
  const rest = names.length - NAMES_TOLD;
  return rest > 0 ? [...names.slice(0, NAMES_TOLD), `… and ${rest} more`] : names;
}

/** A certificate that AWS let in. */
interface Coming {
  /** The subject's. */
  readonly name: string;
  readonly recent: Truth;
  readonly issuers: Issuers;
}

function comersIn({ subjects }: RegionSnapshot, { authorities }: RegionPki, terms: Terms): readonly Coming[] {
  return subjects.flatMap(({ x509Subject: name, credentials = [] }) =>
    credentials.flatMap(credential => {
      const certificate = heldCertificate(credential);
      const recent = all([isRecent(credential.seenAt, terms), credential.failed === false || undefined]);
      if (certificate === undefined || credential.failed === true || recent === false) return [];
      return [{ name, recent, issuers: authorities.issuersOf(certificate) }];
    }),
  );
}

/** By one of several that take it, or by way of a CA below: only AWS sees which. */
function cameBy(arn: string, { enabled, known, all: areAll }: Issuers): Truth {
  if (enabled.includes(arn)) return enabled.length === 1 && areAll ? true : undefined;
  return known === undefined || !areAll ? undefined : false;
}

function isRecent(time: string | undefined, { now, settings }: Terms): Truth {
  const isOld = above(daysSince(time, now), settings.thresholds.max_idle_days);
  return isOld === undefined ? undefined : !isOld;
}

/** The time of the last CreateSession by each trust anchor, by its ARN, as far as the events go. */
function lastSessions({ events }: RegionSnapshot): ReadonlyMap<string, string> {
  const sessions = events
    .filter(record => record.eventName === 'CreateSession' && record.errorCode === undefined)
    .map(record => ({ arn: textIn(record, 'requestParameters', 'trustAnchorArn'), time: textIn(record, 'eventTime') }));
  const byAnchor = groupedBy(sessions, ({ arn }) => arn ?? '');
  const times = [...byAnchor].map(
    ([arn, those]) =>
      [
        arn,
        those
          .flatMap(({ time }) => time ?? [])
          .toSorted()
          .at(-1),
      ] as const,
  );
  return new Map(times.flatMap(([arn, time]) => (time === undefined ? [] : [[arn, time]])));
}
