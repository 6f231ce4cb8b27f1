import { contextFrom, type NamedValue, type SessionRequest } from '../documents/request/request.ts';
import { UserError } from '../errors.ts';
import { type Action, actionNamed, isService, servicesInCatalog } from '../iam/catalog/action.ts';
import { serviceNamed } from '../iam/catalog/service.ts';
import { GLOBAL_KEY_NAMES, isGlobalKey, misreadAs } from '../iam/condition/globalKeys.ts';
import { matches } from '../iam/glob.ts';
import { plainResourceGlob } from '../iam/resource.ts';
import { nearest } from '../query/vocabulary.ts';

/** A request as somebody wrote it: in words, or as a line of JSON. */
export interface WrittenRequest extends Omit<SessionRequest, 'context'> {
  readonly context: Readonly<Record<string, NamedValue>>;
}

export interface CheckedRequest {
  readonly request: SessionRequest;
  /** What is odd about it, though it can be answered. */
  readonly notes: readonly string[];
}

/** Throws UserError, `where` a member of the request, for what is no request of one action on one resource. */
export function checkedRequest(written: WrittenRequest): CheckedRequest {
  const { action, resource, context } = written;
  refuseOddAction(action);
  refuseOddResource(resource);
  for (const [key, value] of Object.entries(context)) refuseOddContext(key, value);
  const notes = [...actionNotes(action), ...resourceNotes(action, resource), ...Object.keys(context).flatMap(keyNotes)];
  return { request: { ...written, context: contextFrom(context) }, notes };
}

function refuseOddAction(action: string): void {
  if (/^[^\s:*?]+:[^\s:*?]+$/.test(action)) return;
  throw new UserError(`${action} is no action`, { where: 'action', hint: 'Write service:Name, such as s3:GetObject.' });
}

function refuseOddResource(resource: string): void {
  if (resource === '*' || /^arn(:[^:]*){4}:./s.test(resource)) return;
  throw new UserError(`${resource} is no ARN`, {
    where: 'resource',
    hint: 'Write an ARN, such as arn:aws:s3:::bucket/key, or * for an action that has no resource.',
  });
}

function refuseOddContext(key: string, value: NamedValue): void {
  if (!/^[^\s:]+:\S/.test(key)) {
    throw new UserError(`${key} is no condition key`, {
      where: `context ${key}`,
      hint: meant(nearest(`aws:${key}`, GLOBAL_KEY_NAMES)) ?? 'Write service:Name, such as aws:SourceIp.',
    });
  }
  for (const each of [value ?? []].flat()) {
    const wanted = misreadAs(key, each);
    if (wanted !== undefined) throw new UserError(`${key} is not ${wanted}: ${each}`, { where: `context ${key}` });
  }
}

function actionNotes(action: string): readonly string[] {
  if (actionNamed(action) !== undefined) return [];
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  if (!isService(service))
    return [withGuess(`AWS documents no service ${service}`, nearest(service, servicesInCatalog()))];
  const names = serviceNamed(service)?.actions.map(({ name }) => name) ?? [];
  return [withGuess(`AWS documents no action ${action}`, nearest(action, names))];
}

function resourceNotes(action: string, resource: string): readonly string[] {
  const known = actionNamed(action);
  const wild =
    resource !== '*' && /[*?]/.test(resource)
      ? [`${resource} is asked about as it stands: one resource, with that name`]
      : [];
  return [...wild, ...(known === undefined ? [] : kindNotes(known, resource))];
}

function kindNotes({ name, resources, wildcardOnly }: Action, resource: string): readonly string[] {
  if (resources.length === 0 || wildcardOnly)
    return resource === '*' ? [] : [`${name} has no resource of its own: only Resource "*" allows it`];
  if (resource === '*') return [`${name} is about a resource: as * only what is allowed on everything is found`];
  if (resources.some(template => matches(plainResourceGlob(template), resource))) return [];
  return [`${resource} is no resource of ${name}, which is about ${resources.join(', ')}`];
}

function keyNotes(key: string): readonly string[] {
  if (!/^aws:/i.test(key) || isGlobalKey(key)) return [];
  return [withGuess(`AWS documents no condition key ${key}`, nearest(key, GLOBAL_KEY_NAMES))];
}

function withGuess(text: string, guesses: readonly string[]): string {
  return guesses.length === 0 ? text : `${text}: did you mean ${guesses.join(' or ')}?`;
}

function meant(guesses: readonly string[]): string | undefined {
  return guesses.length === 0 ? undefined : `Did you mean ${guesses.join(' or ')}?`;
}
