import type { NamedValue } from '../documents/request/request.ts';
import { UserError } from '../errors.ts';
import type { Options } from '../options.ts';
import { type CheckedRequest, checkedRequest } from './requestCheck.ts';

/** The request that the words of the command line and `--context` make. Throws UserError. */
export function requestInWords(words: readonly string[], options: Options): CheckedRequest {
  const [profile, role, action, resource] = words;
  if (profile === undefined || role === undefined || action === undefined || resource === undefined) {
    throw new UserError('postern can needs a profile, a role, an action and a resource', {
      hint: 'For example: postern can web web-reader s3:GetObject arn:aws:s3:::assets/logo.png',
    });
  }
  const context = namedKeys(options.context);
  return checkedRequest({ profile, role, action, resource, context, complete: options.contextComplete });
}

/** `--context key=value`; the same key again is one more value of it, and `key=` alone says that it is absent. */
function namedKeys(pairs: readonly string[]): Readonly<Record<string, NamedValue>> {
  const named = new Map<string, { readonly key: string; readonly values: string[] }>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new UserError(`--context ${pair} is not key=value`, { where: '--context' });
    const [key, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
    const known = named.get(key.toLowerCase()) ?? { key, values: [] };
    named.set(key.toLowerCase(), known);
    if (value !== '') known.values.push(value);
  }
  return Object.fromEntries([...named.values()].map(({ key, values }) => [key, values]));
}
