const SERVICE = 'rolesanywhere.amazonaws.com';

/**
 * Whether a role's trust policy has to do with Roles Anywhere: it names the service as a principal, by its own name or a
 * wildcard, or everyone. Deny statements count too. A document that cannot be read does: not knowing is no reason to
 * leave a role out.
 */
export function mentionsRolesAnywhere(document: string | undefined): boolean {
  const policy = parsed(document);
  if (!isObject(policy)) return true;
  return [member(policy, 'statement')].flat().some(mentioned);
}

function mentioned(statement: unknown): boolean {
  if (!isObject(statement)) return statement !== undefined;
  if (member(statement, 'notprincipal') !== undefined) return true;
  const principal = member(statement, 'principal');
  if (!isObject(principal)) return textsOf(principal).includes('*');
  return Object.entries(principal).some(([kind, names]) =>
    kind.toLowerCase() === 'service' ? textsOf(names).some(isService) : textsOf(names).includes('*'),
  );
}

/** The service's name, a regional form of it, or a pattern that it fits. */
function isService(name: string): boolean {
  const lower = name.toLowerCase();
  if (lower.includes('*') || lower.includes('?')) return fits(lower, SERVICE);
  return lower.startsWith('rolesanywhere.') && /\.amazonaws\.com(\.cn)?$/.test(lower);
}

/** AWS's wildcards, walked by hand: the pattern is somebody else's text, and no regular expression is made of that. */
function fits(pattern: string, text: string): boolean {
  let from = 0;
  let at = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    if (pattern[from] === '*') {
      star = from;
      retry = at;
      from += 1;
    } else if (pattern[from] === '?' || pattern[from] === text[at]) {
      from += 1;
      at += 1;
    } else if (star >= 0) {
      from = star + 1;
      retry += 1;
      at = retry;
    } else return false;
  }
  return [...pattern.slice(from)].every(character => character === '*');
}

function parsed(document: string | undefined): unknown {
  try {
    return JSON.parse(document ?? '');
  } catch {
    // The caller keeps such a role.
    return undefined;
  }
}

/** A member whatever its case: IAM is not strict about it. */
function member(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.entries(object).find(([key]) => key.toLowerCase() === name)?.[1];
}

function textsOf(value: unknown): readonly string[] {
  return [value].flat().filter(one => typeof one === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
