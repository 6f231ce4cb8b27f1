import { at, type Json, type JsonObject, nonEmptyObject, textAt } from './record.ts';
import { isoOrBasicTime } from './time.ts';

/** Who acted, as the integration tells it: `identity` is the record's userIdentity after `withoutEmpty`. */
export interface Actor {
  /** aws.cloudtrail.user_identity. */
  readonly userIdentity: JsonObject | undefined;
  /** Set for AWS services and service-linked roles, which then are no users: no user.name, no user.id. */
  readonly serviceName: string | undefined;
  readonly name: string | undefined;
  readonly id: string | undefined;
  /** The last part of an STS ARN. */
  readonly sessionName: string | undefined;
}

export function actorOf(identity: Json | undefined): Actor {
  const serviceName = serviceNameOf(identity);
  const isService = serviceName !== undefined;
  return {
    userIdentity: userIdentityOf(identity),
    serviceName,
    name: isService ? undefined : nameOf(identity),
    id: (isService ? undefined : textAt(identity, 'principalId')) ?? onBehalfOf(identity),
    sessionName: sessionNameOf(identity),
  };
}

const SERVICE_LINKED = ':role/aws-service-role/';

function serviceNameOf(identity: Json | undefined): string | undefined {
  const type = textAt(identity, 'type');
  const invokedBy = textAt(identity, 'invokedBy');
  if (type === 'AWSService') return invokedBy;
  if (type !== 'AssumedRole') return undefined;
  const [, path] = (textAt(identity, 'sessionContext', 'sessionIssuer', 'arn') ?? '').split(SERVICE_LINKED, 2);
  if (path === undefined) return undefined;
  const slash = path.indexOf('/');
  return invokedBy ?? (slash > 0 ? path.slice(0, slash) : undefined);
}

function nameOf(identity: Json | undefined): string | undefined {
  const type = textAt(identity, 'type');
  const own = textAt(identity, 'userName');
  if (type !== 'AssumedRole' && type !== 'FederatedUser') return own;
  return textAt(identity, 'sessionContext', 'sessionIssuer', 'userName') ?? own;
}

function onBehalfOf(identity: Json | undefined): string | undefined {
  return textAt(identity, 'type') === 'IdentityCenterUser' ? textAt(identity, 'onBehalfOf', 'userId') : undefined;
}

const SESSION_TYPES: ReadonlySet<string | undefined> = new Set(['AssumedRole', 'FederatedUser', 'IdentityCenterUser']);

function sessionNameOf(identity: Json | undefined): string | undefined {
  const arn = textAt(identity, 'arn');
  if (arn === undefined || !SESSION_TYPES.has(textAt(identity, 'type'))) return undefined;
  const slash = /^arn:[a-z0-9-]+:sts:/.test(arn) ? arn.lastIndexOf('/') : -1;
  return slash === -1 ? undefined : arn.slice(slash + 1) || undefined;
}

function userIdentityOf(identity: Json | undefined): JsonObject | undefined {
  return nonEmptyObject([
    ['type', textAt(identity, 'type')],
    ['arn', textAt(identity, 'arn')],
    ['access_key_id', textAt(identity, 'accessKeyId')],
    ['invoked_by', textAt(identity, 'invokedBy')],
    ['invoked_by_delegate', nonEmptyObject([['account_id', textAt(identity, 'invokedByDelegate', 'accountId')]])],
    ['credential_id', textAt(identity, 'credentialId')],
    ['identity_provider', textAt(identity, 'identityProvider')],
    ['in_scope_of', scopeOf(at(identity, 'inScopeOf'))],
    ['on_behalf_of', onBehalfOfDetails(at(identity, 'onBehalfOf'))],
    ['session_context', sessionContextOf(at(identity, 'sessionContext'))],
  ]);
}

function scopeOf(scope: Json | undefined): JsonObject | undefined {
  return nonEmptyObject([
    ['issuer_type', textAt(scope, 'issuerType')],
    ['credentials_issued_to', textAt(scope, 'credentialsIssuedTo')],
    ['source_arn', textAt(scope, 'sourceArn')],
    ['source_account', textAt(scope, 'sourceAccount')],
  ]);
}

function onBehalfOfDetails(details: Json | undefined): JsonObject | undefined {
  return nonEmptyObject([
    ['user_id', textAt(details, 'userId')],
    ['identity_store_arn', textAt(details, 'identityStoreArn')],
  ]);
}

function sessionContextOf(context: Json | undefined): JsonObject | undefined {
  return nonEmptyObject([
    ['mfa_authenticated', textAt(context, 'attributes', 'mfaAuthenticated')],
    ['creation_date', isoOrBasicTime(textAt(context, 'attributes', 'creationDate'))],
    ['session_issuer', issuerOf(at(context, 'sessionIssuer'))],
    ['ec2_role_delivery', textAt(context, 'ec2RoleDelivery')],
    ['source_identity', textAt(context, 'sourceIdentity')],
    ['web_id_federation_data', federationOf(at(context, 'webIdFederationData'))],
    ['assumed_root', textAt(context, 'assumedRoot')],
    ['sign_in_session_arn', textAt(context, 'signInSessionArn')],
  ]);
}

function issuerOf(issuer: Json | undefined): JsonObject | undefined {
  return nonEmptyObject([
    ['type', textAt(issuer, 'type')],
    ['principal_id', textAt(issuer, 'principalId')],
    ['arn', textAt(issuer, 'arn')],
    ['account_id', textAt(issuer, 'accountId')],
  ]);
}

function federationOf(data: Json | undefined): JsonObject | undefined {
  return nonEmptyObject([
    ['federated_provider', textAt(data, 'federatedProvider')],
    ['attributes', at(data, 'attributes')],
  ]);
}
