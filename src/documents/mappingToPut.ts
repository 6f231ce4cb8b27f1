import type { ProfileDetail } from '../snapshot/shapes.ts';
import type { Document } from './document.ts';
import type { Facts } from './facts.ts';
import { textAt, valuesAt } from './path.ts';

/**
 * What PutAttributeMapping is to be told for the profile to map what the role's trust policy asks for: of the first part of the
 * certificate that it leaves out. The rules are all that this part is to have, since nothing says that those there are stay.
 */
export function mappingToPut({ profile, path: { body } }: { profile: ProfileDetail; path: Document }): Facts {
  const missing = valuesAt(body, 'path.gate.unmapped').map(tag => partsOf(String(tag)));
  const where = { profile_id: profile.profileId, region: textAt(body, 'region') };
  const field = missing[0]?.field;
  if (field === undefined) return where;
  const present = (profile.attributeMappings ?? [])
    .filter(({ certificateField }) => certificateField === field)
    .flatMap(({ mappingRules }) => mappingRules.map(({ specifier }) => specifier));
  const wanted = missing.filter(each => each.field === field).map(({ specifier }) => specifier);
  const specifiers = [...new Set([...present, ...wanted])].sort();
  return {
    ...where,
    certificate_field: field,
    mapping_rules: specifiers.map(specifier => `specifier=${specifier}`),
  };
}

/** `x509SAN/Name/CN` is the specifier `Name/CN` of x509SAN (user guide, "Attribute mapping"). */
function partsOf(tag: string): { readonly field: string; readonly specifier: string } {
  const slash = tag.indexOf('/');
  return { field: tag.slice(0, slash), specifier: tag.slice(slash + 1) };
}
