import type { Group, Policy, Role, User } from '../account.ts';
import { awsPolicy, awsPolicyArns } from '../build/aws-policies.ts';
import { type Page, pageOf } from '../wire/paging.ts';
import { commonRefusal, Refusal } from '../wire/refusal.ts';
import { type Xml, xmlDocument } from '../wire/xml.ts';
import * as shape from './iam-shapes.ts';
import type { Asked, Service } from './service.ts';

const NAMESPACE = 'https://iam.amazonaws.com/doc/2010-05-08/';

export const iam: Service = {
  protocol: 'query',
  operationOf: ({ parameters }) => {
    const name = parameters.get('Action') ?? '';
    const resource = parameters.get('RoleName') ?? parameters.get('PolicyArn');
    return resource === null ? { name } : { name, resource };
  },
  limitOf: () => undefined,
  answer: asked => {
    const { name } = asked.operation;
    const reader = READERS.get(name);
    if (reader === undefined) throw refuseToChange(asked);
    const content = { [`${name}Result`]: reader(asked), ResponseMetadata: { RequestId: asked.requestId } };
    const body = xmlDocument(`${name}Response`, content, { namespace: NAMESPACE });
    return { status: 200, headers: { 'content-type': 'text/xml' }, body };
  },
};

const READERS: ReadonlyMap<string, (asked: Asked) => Xml> = new Map<string, (asked: Asked) => Xml>([
  ['GetAccountAuthorizationDetails', accountDetails],
  ['ListRoles', listRoles],
  ['GetRole', asked => ({ Role: shape.role(roleOf(asked)) })],
  ['ListAttachedRolePolicies', asked => paged(asked, 'AttachedPolicies', roleOf(asked).attached, shape.attached)],
  ['ListRolePolicies', asked => paged(asked, 'PolicyNames', roleOf(asked).inline, ({ name }) => name)],
  ['GetRolePolicy', getRolePolicy],
  [
    'GetPolicy',
    asked => ({ Policy: shape.policy(policyOf(asked), attachmentsOf(asked.account, required(asked, 'PolicyArn'))) }),
  ],
  ['GetPolicyVersion', getPolicyVersion],
  [
    'ListAccountAliases',
    asked =>
      paged(
        asked,
        'AccountAliases',
        [asked.account.alias].filter(alias => alias !== undefined),
        alias => alias,
      ),
  ],
]);

function listRoles(asked: Asked): Xml {
  const prefix = asked.request.parameters.get('PathPrefix') ?? '/';
  return paged(
    asked,
    'Roles',
    asked.account.roles.filter(({ path }) => path.startsWith(prefix)),
    shape.listedRole,
  );
}

function getRolePolicy(asked: Asked): Xml {
  const role = roleOf(asked);
  const name = required(asked, 'PolicyName');
  const policy = role.inline.find(inline => inline.name === name);
  if (policy === undefined) throw missing(`The role policy with name ${name} cannot be found.`);
  return { RoleName: role.name, PolicyName: name, PolicyDocument: shape.encoded(policy.document) };
}

function getPolicyVersion(asked: Asked): Xml {
  const policy = policyOf(asked);
  const id = required(asked, 'VersionId');
  const version = policy.versions.find(known => known.id === id);
  if (version === undefined) throw missing(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  return { PolicyVersion: shape.version(policy, version) };
}

type Detail =
  | { readonly list: 'UserDetailList'; readonly user: User }
  | { readonly list: 'GroupDetailList'; readonly group: Group }
  | { readonly list: 'RoleDetailList'; readonly role: Role }
  | { readonly list: 'Policies'; readonly policy: Policy };

const KINDS = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'];

/** A page's size counts users, groups, roles and policies together. Of AWS's own policies, those that are attached. */
function accountDetails(asked: Asked): Xml {
  const filters = memberList(asked, 'Filter');
  const unknown = filters.find(kind => !KINDS.includes(kind));
  if (unknown !== undefined)
    throw invalid(
      `Value '[${unknown}]' at 'filter' failed to satisfy constraint: Member must satisfy enum value set: [${KINDS.join(', ')}]`,
    );
  const { items, next } = page(asked, detailsOf(asked, filters.length === 0 ? KINDS : filters), filters);
  const of = <List extends Detail['list']>(list: List) =>
    items.filter((item): item is Detail & { list: List } => item.list === list);
  return {
    UserDetailList: of('UserDetailList').map(({ user }) => shape.userDetail(user)),
    GroupDetailList: of('GroupDetailList').map(({ group }) => shape.groupDetail(group)),
    RoleDetailList: of('RoleDetailList').map(({ role }) => shape.roleDetail(role)),
    Policies: of('Policies').map(({ policy }) => shape.policyDetail(policy, attachmentsOf(asked.account, policy.arn))),
    IsTruncated: next !== undefined,
    Marker: next,
  };
}

function detailsOf({ account }: Asked, kinds: readonly string[]): readonly Detail[] {
  const users = account.users.map((user): Detail => ({ list: 'UserDetailList', user }));
  const groups = account.groups.map((group): Detail => ({ list: 'GroupDetailList', group }));
  const roles = account.roles.map((role): Detail => ({ list: 'RoleDetailList', role }));
  const own = account.policies.map((policy): Detail => ({ list: 'Policies', policy }));
  return [
    ...(kinds.includes('User') ? users : []),
    ...(kinds.includes('Group') ? groups : []),
    ...(kinds.includes('Role') ? roles : []),
    ...(kinds.includes('LocalManagedPolicy') ? own : []),
    ...(kinds.includes('AWSManagedPolicy') ? attachedAwsPolicies(account) : []),
  ];
}

function attachedAwsPolicies(account: Asked['account']): readonly Detail[] {
  const attached = new Set([...account.roles, ...account.users, ...account.groups].flatMap(holder => holder.attached));
  return awsPolicyArns()
    .filter(arn => attached.has(arn))
    .map(arn => ({ list: 'Policies', policy: awsPolicy(arn)! }));
}

function attachmentsOf(account: Asked['account'], arn: string): shape.Attachments {
  const holders = [...account.roles, ...account.users, ...account.groups];
  return {
    attached: holders.filter(holder => holder.attached.includes(arn)).length,
    boundary: [...account.roles, ...account.users].filter(holder => holder.boundary === arn).length,
  };
}

function paged<Item>(asked: Asked, list: string, all: readonly Item[], shaped: (item: Item) => Xml): Xml {
  const { items, next } = page(asked, all, []);
  return { [list]: items.map(shaped), IsTruncated: next !== undefined, Marker: next };
}

function page<Item>(asked: Asked, all: readonly Item[], filters: readonly string[]): Page<Item> {
  const { request, operation, pageSize } = asked;
  const wanted = Number(request.parameters.get('MaxItems') ?? 100);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 1000) {
    throw invalid(
      `Value '${request.parameters.get('MaxItems')}' at 'maxItems' failed to satisfy constraint: Member must be between 1 and 1000`,
    );
  }
  const token = request.parameters.get('Marker') ?? undefined;
  const bound = [operation.name, operation.resource, filters];
  const found = pageOf(all, { token, size: Math.min(wanted, pageSize ?? wanted), bound });
  if (found === undefined) throw invalid('Invalid Marker: it was not issued for this request');
  return found;
}

function roleOf(asked: Asked): Role {
  const name = required(asked, 'RoleName');
  const role = asked.account.roles.find(known => known.name === name);
  if (role === undefined) throw missing(`The role with name ${name} cannot be found.`);
  return role;
}

function policyOf(asked: Asked): Policy {
  const arn = required(asked, 'PolicyArn');
  const policy = asked.account.policies.find(known => known.arn === arn) ?? awsPolicy(arn);
  if (policy === undefined) throw missing(`Policy ${arn} does not exist or is not attachable.`);
  return policy;
}

function required({ request }: Asked, parameter: string): string {
  const value = request.parameters.get(parameter) ?? '';
  const member = parameter.charAt(0).toLowerCase() + parameter.slice(1);
  if (value === '') throw invalid(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  if (parameter === 'PolicyArn' && (value.length < 20 || !value.startsWith('arn:')))
    throw new Refusal('InvalidInput', 400, `ARN ${value} is not valid.`);
  return value;
}

function memberList({ request }: Asked, name: string): readonly string[] {
  const values: string[] = [];
  for (let n = 1; request.parameters.has(`${name}.member.${n}`); n++)
    values.push(request.parameters.get(`${name}.member.${n}`)!);
  return values;
}

function refuseToChange({ account, operation }: Asked): Refusal {
  return commonRefusal(
    'query',
    'AccessDenied',
    `User: ${account.caller.arn} is not authorized to perform: iam:${operation.name}`,
  );
}

const missing = (message: string): Refusal => new Refusal('NoSuchEntity', 404, message);
const invalid = (problem: string): Refusal =>
  new Refusal('ValidationError', 400, `1 validation error detected: ${problem}`);
