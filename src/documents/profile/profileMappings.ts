import { DEFAULT_MAPPINGS } from '../../iam/session.ts';
import type { AttributeMapping, ProfileDetail } from '../../snapshot/shapes.ts';
import type { Document } from '../document.ts';
import { type Fact, type Facts, later, type Partly, partly, UNKNOWN } from '../facts.ts';
import { isUnknownAt, valuesAt } from '../path.ts';
import { roleOf } from '../pathFacts.ts';
import { mappingToPutBack } from './mappingToPut.ts';

/** The mappings as the API has them. */
export function mappingFacts({ attributeMappings }: ProfileDetail): Fact {
  if (attributeMappings === undefined) return UNKNOWN;
  return attributeMappings.map(({ certificateField, mappingRules }) => ({
    certificate_field: certificateField,
    specifiers: mappingRules.map(rule => rule.specifier),
  }));
}

/** What every profile is made with: `x509SAN/Name/*`. */
const DEFAULT = DEFAULT_MAPPINGS.flatMap(({ certificateField, specifiers }) =>
  specifiers.map(specifier => `${certificateField}/${specifier}`),
).sort();

/** The mappings held against those that every profile is made with. `paths`: those to roles that the profile can hand out. */
export function mappingDrift({ attributeMappings }: ProfileDetail, paths: readonly Document[]): Fact {
  if (attributeMappings === undefined) return UNKNOWN;
  const mapped = new Set(attributeMappings.flatMap(written));
  const removed = DEFAULT.filter(each => !mapped.has(each));
  const added = [...mapped].filter(each => !DEFAULT.includes(each)).sort();
  const facts: Facts = {
    default: removed.length + added.length === 0,
    has_identity: [...mapped].some(each => /^x509(subject|san)\//i.test(each)),
    removed,
    added,
    missed_by: later(() => missedBy(paths)),
    put_back: mappingToPutBack(attributeMappings, { made: DEFAULT, removed, added }),
  };
  return facts;
}

/** Roles whose trust policies ask for what the profile does not map; partly known where a trust policy or an anchor is not. */
function missedBy(paths: readonly Document[]): readonly string[] | Partly {
  const missed = paths.filter(isMissed);
  const unsure = paths.some(path => !isMissed(path) && isUnknownAt(path.body, 'path.gate.reasons'));
  const roles = missed.map(roleOf);
  return unsure ? partly(roles) : roles;
}

function isMissed({ body }: Document): boolean {
  return valuesAt(body, 'path.gate.reasons').includes('unmapped');
}

/** `Name`, `Name/` and `Name/*` are the same (user guide, "Attribute mapping"). */
function written({ certificateField, mappingRules }: AttributeMapping): readonly string[] {
  return mappingRules.map(
    ({ specifier }) => `${certificateField}/${/^name\/?$/i.test(specifier) ? 'Name/*' : specifier}`,
  );
}
