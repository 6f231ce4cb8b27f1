import { distinct } from '../../lists.ts';
import type { AttributeMapping, ProfileDetail } from '../../snapshot/shapes.ts';
import type { Document } from '../document.ts';
import type { Facts } from '../facts.ts';
import { textAt, valuesAt } from '../path.ts';

/**
 * What PutAttributeMapping is to be told for the profile to map what the role's trust policy asks for: of the first part of the
 * certificate that it leaves out. The rules are all that this part is to have, since nothing says that those there are stay.
 */
export function mappingToPut({ profile, path: { body } }: { profile: ProfileDetail; path: Document }): Facts {
  const missing = valuesAt(body, 'path.gate.unmapped').map(tag => partsOf(String(tag)));
  const where = { profile_id: profile.profileId, region: textAt(body, 'region') };
  const field = missing[0]?.field;
  if (field === undefined) return where;
  const present = specifiersOf(profile.attributeMappings ?? [], field);
  const wanted = missing.filter(each => each.field === field).map(({ specifier }) => specifier);
  return { ...where, certificate_field: field, mapping_rules: rulesOf([...present, ...wanted]) };
}

/**
 * What PutAttributeMapping is to be told to put back what somebody took away of the mappings that every profile is made with: of one
 * part of the certificate, first of one of which nothing is left, for another may be narrowed on purpose. Where nothing was taken
 * away, of the part that maps more.
 */
export function mappingToPutBack(mappings: readonly AttributeMapping[], drift: Drift): Facts {
  const fields = [...new Set([...drift.removed, ...drift.added].map(tag => partsOf(tag).field))];
  const left = (field: string) => specifiersOf(mappings, field).length;
  const field = IN_TURN.filter(each => fields.includes(each)).toSorted(
    (a, b) => Number(left(a) > 0) - Number(left(b) > 0),
  )[0];
  if (field === undefined) return {};
  const made = drift.made.map(partsOf).filter(each => each.field === field);
  const all = [...specifiersOf(mappings, field), ...made.map(({ specifier }) => specifier)];
  return { certificate_field: field, mapping_rules: rulesOf(all.filter(each => !isCovered(each, all))) };
}

/** Tags, as `x509Subject/*`. */
export interface Drift {
  /** What every profile is made with. */
  readonly made: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Who somebody is matters before who says so. */
const IN_TURN = ['x509Subject', 'x509SAN', 'x509Issuer'];

function specifiersOf(mappings: readonly AttributeMapping[], field: string): readonly string[] {
  return mappings
    .filter(({ certificateField }) => certificateField === field)
    .flatMap(({ mappingRules }) => mappingRules.map(({ specifier }) => specifier));
}

function isCovered(specifier: string, all: readonly string[]): boolean {
  return all.some(each => each !== specifier && each.endsWith('*') && specifier.startsWith(each.slice(0, -1)));
}

function rulesOf(specifiers: readonly string[]): readonly string[] {
  return distinct(specifiers).map(specifier => `specifier=${specifier}`);
}

/** `x509SAN/Name/CN` is the specifier `Name/CN` of x509SAN (user guide, "Attribute mapping"). */
function partsOf(tag: string): { readonly field: string; readonly specifier: string } {
  const slash = tag.indexOf('/');
  return { field: tag.slice(0, slash), specifier: tag.slice(slash + 1) };
}
