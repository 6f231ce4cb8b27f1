/**
 * event.category and event.type by event name, whatever the service (elastic/integrations, aws/cloudtrail pipeline). The
 * integration knows more names than stand here; for a name that does not, and whose service is not Roles Anywhere (none of whose names
 * is categorised), category and type are unknown.
 */
export function categoryOf(eventName: string | undefined): Category | undefined {
  return eventName === undefined ? undefined : CATEGORIES.get(eventName);
}

export interface Category {
  readonly category: readonly string[];
  readonly type: readonly string[];
}

const GROUPS: readonly (readonly [category: string, type: readonly string[], names: readonly string[]])[] = [
  ['authentication', ['info'], ['AssumeRole', 'ConsoleLogin', 'GetCallerIdentity']],
  ['configuration', ['deletion'], ['DeleteTrail']],
  ['file', ['change'], ['PutObject']],
  ['file', ['info'], ['GetObject', 'HeadObject', 'ListBuckets', 'ListObjects']],
  ['iam', ['change'], ['AttachRolePolicy']],
  ['iam', ['creation'], ['CreatePolicy']],
  ['iam', ['group', 'change'], ['AttachGroupPolicy']],
  ['iam', ['user', 'change'], ['AttachUserPolicy', 'CreateAccessKey', 'CreateVirtualMFADevice', 'EnableMFADevice']],
  ['iam', ['user', 'creation'], ['CreateUser']],
  ['network', ['access'], ['AuthorizeSecurityGroupIngress']],
  ['process', ['start'], ['SendCommand']],
  ['session', ['start'], ['StartSession']],
];

const CATEGORIES: ReadonlyMap<string, Category> = new Map(
  GROUPS.flatMap(([category, type, names]) => names.map(name => [name, { category: [category], type }] as const)),
);
