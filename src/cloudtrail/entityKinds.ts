export type EntityKind = 'user' | 'host' | 'service' | 'other';

/** What kind of thing a target is, by its ARN or the beginning of its id; account ids and bare names are `other`. */
export function kindOfTarget(id: string): EntityKind {
  return id.startsWith('arn:') ? kindOfArn(id) : kindOfId(id);
}

/** What kind of thing acted: by the identity's type, else by its ARN. */
export function kindOfActor(id: string, identityType: string | undefined): EntityKind {
  if (identityType === 'AWSService' || isServiceLinked(id)) return 'service';
  if (identityType !== undefined && USER_TYPES.has(identityType)) return 'user';
  if (!id.startsWith('arn:')) return id.startsWith('i-') ? 'host' : 'other';
  const type = resourceType(id) ?? '';
  if (ACTING_USERS.has(type)) return 'user';
  return type === 'instance' ? 'host' : 'other';
}

/** The bare id of an EC2 instance that is named by it or by its ARN. */
export function instanceIdOf(id: string): string | undefined {
  const [, , service, , , resource = ''] = id.split(':');
  const isInstanceArn = id.startsWith('arn:') && service === 'ec2' && resource.startsWith('instance/');
  const bare = isInstanceArn ? resource.slice('instance/'.length) : id;
  return bare.startsWith('i-') ? bare : undefined;
}

const USER_TYPES: ReadonlySet<string> = new Set(['AssumedRole', 'IAMUser', 'Root']);
const ACTING_USERS: ReadonlySet<string> = new Set(['assumed-role', 'federated-user', 'role', 'user']);

function kindOfArn(arn: string): EntityKind {
  const type = resourceType(arn);
  if (type === undefined) return 'other';
  if (isServiceLinked(arn)) return 'service';
  return KIND_BY_TYPE.get(type) ?? (arn.split(':')[2] === 's3' ? 'service' : 'other');
}

function isServiceLinked(arn: string): boolean {
  return arn.includes('/AWSServiceRoleFor') || arn.includes('/aws-service-role/');
}

/** The sixth part of an ARN up to its first slash; undefined where an ARN has fewer parts. */
function resourceType(arn: string): string | undefined {
  const resource = arn.split(':')[5];
  const slash = resource?.indexOf('/') ?? -1;
  return slash > 0 ? resource?.slice(0, slash) : resource;
}

const KIND_BY_TYPE: ReadonlyMap<string, EntityKind> = new Map([
  ...kind('user', 'assumed-role federated-user instance-profile mfa role serialNumber user'),
  ...kind('host', 'instance'),
  ...kind('service', 'alarm cluster configuration-recorder db detector dhcp-options document file-system function'),
  ...kind('service', 'global-cluster group ipset key loadbalancer log-group log-stream model mount-target network-acl'),
  ...kind('service', 'network-interface parameter policy resolver-query-log-config rule rulegroup secret'),
  ...kind('service', 'security-group session stack stack-set subnet table topic trail trust-anchor vpc webacl'),
]);

function kind(of: EntityKind, types: string): (readonly [string, EntityKind])[] {
  return types.split(' ').map(type => [type, of] as const);
}

function kindOfId(id: string): EntityKind {
  if (id.length === 20 && id.startsWith('AKIA')) return 'user';
  if (id.startsWith('i-')) return 'host';
  return SERVICE_IDS.some(prefix => id.startsWith(prefix)) ? 'service' : 'other';
}

const SERVICE_IDS = 'acl- eni- igw- nat- pcx- rtb- sg- sgr- subnet- tgw- vpc- vpce-'.split(' ');
