import type { Regional } from '../account.ts';
import { pageOf } from '../wire/paging.ts';
import { commonRefusal, Refusal } from '../wire/refusal.ts';
import type { Reply } from '../wire/reply.ts';
import type { AwsRequest } from '../wire/request.ts';
import { routeOf } from './rolesanywhere-routes.ts';
import type { Asked, Limit, Operation, Service } from './service.ts';

/** Nothing is documented about the largest page; clients send 500. */
const LARGEST_PAGE = 500;
const UUID = /^[a-f0-9]{8}-([a-z0-9]{4}-){3}[a-z0-9]{12}$/;

export const rolesAnywhere: Service = {
  protocol: 'rest-json',
  operationOf,
  answer,
  limitOf: operation => ({ family: familyOf(operation), perSecond: 1 }),
};

function operationOf({ method, path, parameters }: AwsRequest): Operation | undefined {
  const route = routeOf(method, path);
  if (route === undefined) return undefined;
  const resource = route.id ?? parameters.get('resourceArn') ?? undefined;
  return resource === undefined ? { name: route.operation } : { name: route.operation, resource };
}

function answer(asked: Asked): Reply {
  const reader = READERS.get(asked.operation.name);
  if (reader === undefined) throw refuseToChange(asked);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(reader(asked)) };
}

const READERS: ReadonlyMap<string, (asked: Asked) => unknown> = new Map([
  ['ListTrustAnchors', asked => list(asked, 'trustAnchors', asked.account.trustAnchors)],
  ['ListProfiles', asked => list(asked, 'profiles', asked.account.profiles)],
  ['ListCrls', asked => list(asked, 'crls', asked.account.crls)],
  ['ListSubjects', listSubjects],
  ['ListTagsForResource', listTags],
  [
    'GetTrustAnchor',
    asked => ({ trustAnchor: get(asked, 'trustAnchorId', asked.account.trustAnchors, anchor => anchor.trustAnchorId) }),
  ],
  ['GetProfile', asked => ({ profile: get(asked, 'profileId', asked.account.profiles, profile => profile.profileId) })],
  ['GetCrl', asked => ({ crl: get(asked, 'crlId', asked.account.crls, crl => crl.crlId) })],
  ['GetSubject', getSubject],
]);

function list<Item>(asked: Asked, key: string, all: Regional<Item>): unknown {
  return listOf(asked, key, all.get(asked.request.region) ?? []);
}

function listSubjects(asked: Asked): unknown {
  const subjects = asked.account.subjects.get(asked.request.region) ?? [];
  return listOf(
    asked,
    'subjects',
    subjects.map(({ summary }) => summary),
  );
}

function getSubject(asked: Asked): unknown {
  const { summary, credentials } = get(
    asked,
    'subjectId',
    asked.account.subjects,
    subject => subject.summary.subjectId,
  );
  return { subject: { ...summary, credentials: credentials(), instanceProperties: [] } };
}

function listTags(asked: Asked): unknown {
  const { operation, account } = asked;
  const arn = operation.resource;
  if (arn === undefined || arn === '')
    throw invalid("Value null at 'resourceArn' failed to satisfy constraint: Member must not be null");
  if (arn.length > 1011) throw tooLong(arn, 'resourceArn', 1011);
  if (!isResource(asked, arn)) throw notFound(`Resource not found: ${arn}`);
  return { tags: account.tags.get(arn) ?? [] };
}

function isResource({ account, request: { region } }: Asked, arn: string): boolean {
  return (
    (account.trustAnchors.get(region) ?? []).some(anchor => anchor.trustAnchorArn === arn) ||
    (account.profiles.get(region) ?? []).some(profile => profile.profileArn === arn) ||
    (account.crls.get(region) ?? []).some(crl => crl.crlArn === arn) ||
    (account.subjects.get(region) ?? []).some(({ summary }) => summary.subjectArn === arn)
  );
}

function listOf<Item>(asked: Asked, key: string, all: readonly Item[]): unknown {
  const token = asked.request.parameters.get('nextToken') ?? undefined;
  if (token === '')
    throw invalid(
      "Value '' at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  if (token !== undefined && token.length > 10_000) throw tooLong(token, 'nextToken', 10_000);
  const page = pageOf(all, { token, size: sizeOf(asked), bound: [key, asked.request.region] });
  if (page === undefined) throw new Refusal('ValidationException', 400, 'Invalid nextToken provided.');
  return { [key]: page.items, ...(page.next === undefined ? {} : { nextToken: page.next }) };
}

function sizeOf({ request, pageSize }: Asked): number {
  const text = request.parameters.get('pageSize');
  if (text !== null && !/^-?\d{1,9}$/.test(text))
    throw new Refusal('SerializationException', 400, 'pageSize is not an integer');
  const wanted = Number(text ?? 0) > 0 ? Number(text) : LARGEST_PAGE;
  return Math.min(wanted, pageSize ?? LARGEST_PAGE);
}

function get<Item>(asked: Asked, member: string, all: Regional<Item>, idOf: (item: Item) => string): Item {
  const id = asked.operation.resource ?? '';
  if (id.length < 36)
    throw invalid(
      `Value '${id}' at '${member}' failed to satisfy constraint: Member must have length greater than or equal to 36`,
    );
  if (id.length > 36) throw tooLong(id, member, 36);
  if (!UUID.test(id)) {
    throw invalid(
      `Value '${id}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: .*[a-f0-9]{8}-([a-z0-9]{4}-){3}[a-z0-9]{12}.*`,
    );
  }
  const found = (all.get(asked.request.region) ?? []).find(item => idOf(item) === id);
  if (found === undefined) throw notFound(`No ${member.replace(/Id$/, '')} found with id ${id}`);
  return found;
}

function refuseToChange({ account, operation }: Asked): Refusal {
  const message = `User: ${account.caller.arn} is not authorized to perform: rolesanywhere:${operation.name}`;
  return commonRefusal('rest-json', 'AccessDenied', message);
}

/** One request a second for each of these families, per account and region (AWS's quotas page). */
function familyOf(operation: string): Limit['family'] {
  if (operation.includes('Tag')) return 'tagging';
  if (operation.includes('Subject')) return 'subject';
  if (operation.includes('Crl')) return 'crl';
  return operation.includes('Profile') || operation.includes('AttributeMapping') ? 'profile' : 'trust-anchor';
}

const invalid = (problem: string): Refusal =>
  new Refusal('ValidationException', 400, `1 validation error detected: ${problem}`);
const tooLong = (value: string, member: string, most: number): Refusal =>
  invalid(
    `Value '${value}' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
  );
const notFound = (message: string): Refusal => new Refusal('ResourceNotFoundException', 404, message);
