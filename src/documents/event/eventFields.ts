import type { FieldType } from '../../query/query.ts';
import type { Field } from '../field.ts';

/** Fleet's default for keywords, and what the integration sets for the two texts of what was asked and answered. */
const KEYWORD_LENGTH = 1024;
const TEXT_LENGTH = 8191;

/**
 * The event fields of Elastic's AWS CloudTrail integration (ECS 8.11), typed as Elasticsearch has them. The last
 * group is what Elastic adds from data bases and clocks that a log file does not carry: known names, in `unknown` where they
 * could be; of the address, only without a database of such (`--geoip`).
 */
export const EVENT_FIELDS: readonly Field[] = [
  plain('@timestamp', 'date', 'When it happened.', 'eventTime'),
  plain('unknown', 'keyword', 'The fields of this document whose value could not be known.', 'Postern'),
  plain('data_stream.type', 'constant_keyword', 'Always logs.', 'constant'),
  plain('data_stream.dataset', 'constant_keyword', 'Always aws.cloudtrail.', 'constant'),
  plain('data_stream.namespace', 'constant_keyword', 'Always default.', 'constant'),
  keyword('ecs.version', 'The ECS version of the mapping.', 'constant'),
  plain('postern.known_actor', 'boolean', 'Whether it is the work of one of known_actors.', 'postern.toml'),
  plain('postern.known_network', 'boolean', 'Whether it comes from one of known_networks.', 'postern.toml'),
  plain('error.message', 'text', 'What went wrong in the mapping.', 'Postern'),

  keyword('event.action', 'The API operation.', 'eventName'),
  keyword('event.provider', 'The service that was called.', 'eventSource'),
  keyword('event.outcome', 'success, or failure when the call came back with an error.', 'errorCode, errorMessage'),
  keyword('event.id', "The event's id.", 'eventID'),
  keyword('event.category', 'ECS category, for the operations that have one.', 'eventName'),
  keyword('event.type', 'ECS type; info for most.', 'eventName'),
  keyword('event.kind', 'event, or pipeline_error.', 'Postern'),
  plain('event.dataset', 'constant_keyword', 'Always aws.cloudtrail.', 'constant'),
  plain('event.module', 'constant_keyword', 'Always aws.', 'constant'),

  keyword('cloud.provider', 'Always aws.', 'constant'),
  keyword('cloud.account.id', 'The account of the caller.', 'userIdentity.accountId, recipientAccountId'),
  keyword('cloud.region', 'The region the call went to.', 'awsRegion'),
  keyword('cloud.service.name', "The service's short name.", 'eventSource'),
  keyword('service.name', 'The AWS service that acted, when it was one.', 'userIdentity.invokedBy'),

  keyword('user.name', 'The user, or the role whose session it was.', 'userIdentity.userName, sessionIssuer.userName'),
  keyword('user.id', "The caller's principal id.", 'userIdentity.principalId'),
  keyword('user.email', 'An address in the user or session name.', 'userIdentity'),
  keyword('user.changes.name', 'The new name of a renamed user.', 'requestParameters.newUserName'),
  keyword('user.target.id', 'The id of the user acted on.', 'responseElements.user.userId'),
  keyword('user.target.name', 'The name of the user acted on.', 'requestParameters.userName'),
  keyword('user.entity.id', "The ARN of the user or role that acted; a session's is its role's.", 'userIdentity'),
  keyword('user.target.entity.id', 'Users, roles and access keys acted on.', 'requestParameters, responseElements'),
  keyword('service.entity.id', 'The AWS service or service-linked role that acted.', 'userIdentity'),
  keyword('service.target.entity.id', 'Resources of AWS services acted on.', 'resources, requestParameters'),
  keyword('host.entity.id', 'The instance that acted.', 'userIdentity'),
  keyword('host.target.entity.id', 'Instances acted on, by id or ARN.', 'resources, requestParameters'),
  keyword('host.target.id', 'Ids of the EC2 instances acted on.', 'resources, requestParameters'),
  keyword('entity.id', 'What else acted.', 'userIdentity'),
  keyword('entity.target.id', 'What else was acted on: names, account ids.', 'requestParameters, recipientAccountId'),
  keyword('actor.entity.id', 'Whoever acted, as the event names it.', 'userIdentity'),
  keyword('target.entity.id', 'Everything acted on.', 'resources, requestParameters, responseElements'),
  keyword('group.id', 'The id of the group acted on.', 'responseElements.group.groupId'),
  keyword('group.name', 'The name of the group acted on.', 'requestParameters.groupName'),
  keyword(
    'related.entity',
    'Every ARN, id and name of the things in the event.',
    'userIdentity, resources, requestParameters',
  ),
  keyword('related.hash', 'The hash of the digest before this one.', 'previousDigestHashValue'),
  keyword('related.user', 'Every user name and id in the event.', 'userIdentity, requestParameters'),
  keyword('related.hosts', 'Every host name and instance id in the event.', 'tlsDetails, requestParameters'),
  plain('related.ip', 'ip', 'Every address in the event.', 'sourceIPAddress'),

  keyword('source.address', 'Where the call came from, as logged.', 'sourceIPAddress'),
  plain('source.ip', 'ip', 'The same, where it is an address.', 'sourceIPAddress'),
  keyword('file.path', "The digest file's key in its bucket.", 'digestS3Object'),
  keyword('user_agent.original', 'The user agent as sent.', 'userAgent'),
  keyword('tls.cipher', 'The cipher suite.', 'tlsDetails.cipherSuite'),
  keyword('tls.client.server_name', 'The host name the caller asked for.', 'tlsDetails.clientProvidedHostHeader'),
  keyword('tls.version', 'The TLS version, as 1.3.', 'tlsDetails.tlsVersion'),
  keyword('tls.version_protocol', 'tls.', 'tlsDetails.tlsVersion'),

  ...trail('keyword', [
    ['event_version', 'The version of the record format.', 'eventVersion'],
    ['event_type', 'AwsApiCall and the like.', 'eventType'],
    ['event_category', 'Management, Data, Insight or NetworkActivity.', 'eventCategory'],
    ['management_event', 'true or false, as text.', 'managementEvent'],
    ['api_version', "The API's version.", 'apiVersion'],
    ['error_code', "AWS's error code.", 'errorCode'],
    ['error_message', "AWS's error message.", 'errorMessage'],
    ['request_id', "The request's id.", 'requestID'],
    ['recipient_account_id', 'The account that got the record.', 'recipientAccountId'],
    ['shared_event_id', 'The same for all records of one action.', 'sharedEventID'],
    ['vpc_endpoint_id', 'The VPC endpoint the call came through.', 'vpcEndpointId'],
    ['vpc_endpoint_account_id', 'Its account.', 'vpcEndpointAccountId'],
    ['session_credential_from_console', 'Whether the console made the call, as text.', 'sessionCredentialFromConsole'],
    ['tls_details.key_exchange', 'The key exchange.', 'tlsDetails.keyExchange'],
    ['console_login.additional_eventdata.login_to', 'Where a console login went.', 'additionalEventData.LoginTo'],
    ['addendum.reason', 'Why a record was sent again.', 'addendum.reason'],
    ['addendum.updated_fields', 'What changed in it.', 'addendum.updatedFields'],
    ['addendum.original_request_id', 'The first request id.', 'addendum.originalRequestID'],
    ['addendum.original_event_id', 'The first event id.', 'addendum.originalEventID'],
    ['resources.arn', 'ARNs of the resources touched.', 'resources.ARN'],
    ['resources.account_id', 'Their accounts.', 'resources.accountId'],
    ['resources.type', 'Their types.', 'resources.type'],
  ]),
  ...trail('boolean', [
    ['read_only', 'Whether the call only read.', 'readOnly'],
    ['console_login.additional_eventdata.mfa_used', 'Whether MFA was used.', 'additionalEventData.MFAUsed'],
    [
      'console_login.additional_eventdata.mobile_version',
      'Whether on the mobile site.',
      'additionalEventData.MobileVersion',
    ],
  ]),
  ...trail('keyword', [
    ['user_identity.type', 'IAMUser, AssumedRole, AWSService and so on.', 'userIdentity.type'],
    ['user_identity.arn', "The caller's ARN.", 'userIdentity.arn'],
    ['user_identity.access_key_id', "The caller's access key.", 'userIdentity.accessKeyId'],
    ['user_identity.invoked_by', 'The AWS service that called for the caller.', 'userIdentity.invokedBy'],
    ['user_identity.invoked_by_delegate.account_id', 'Whose delegate called.', 'userIdentity.invokedByDelegate'],
    ['user_identity.credential_id', "A bearer token's id.", 'userIdentity.credentialId'],
    ['user_identity.identity_provider', 'Who vouched for a federated user.', 'userIdentity.identityProvider'],
    ['user_identity.in_scope_of.issuer_type', 'What issued the credentials.', 'userIdentity.inScopeOf.issuerType'],
    ['user_identity.in_scope_of.credentials_issued_to', 'To what.', 'userIdentity.inScopeOf.credentialsIssuedTo'],
    ['user_identity.in_scope_of.source_arn', 'From where.', 'userIdentity.inScopeOf.sourceArn'],
    ['user_identity.in_scope_of.source_account', 'From which account.', 'userIdentity.inScopeOf.sourceAccount'],
    ['user_identity.on_behalf_of.user_id', 'The Identity Center user.', 'userIdentity.onBehalfOf.userId'],
    ['user_identity.on_behalf_of.identity_store_arn', 'Their directory.', 'userIdentity.onBehalfOf.identityStoreArn'],
    ['user_identity.session_context.mfa_authenticated', 'true or false, as text.', 'sessionContext.attributes'],
    ['user_identity.session_context.session_issuer.type', 'What the session was made from.', 'sessionIssuer.type'],
    ['user_identity.session_context.session_issuer.principal_id', 'Its id.', 'sessionIssuer.principalId'],
    ['user_identity.session_context.session_issuer.arn', 'Its ARN.', 'sessionIssuer.arn'],
    ['user_identity.session_context.session_issuer.account_id', 'Its account.', 'sessionIssuer.accountId'],
    [
      'user_identity.session_context.ec2_role_delivery',
      'The metadata service version.',
      'sessionContext.ec2RoleDelivery',
    ],
    [
      'user_identity.session_context.source_identity',
      "Who is behind the session; a Roles Anywhere session's certificate name.",
      'sessionContext.sourceIdentity',
    ],
    [
      'user_identity.session_context.web_id_federation_data.federated_provider',
      'The web identity provider.',
      'sessionContext.webIdFederationData.federatedProvider',
    ],
    ['user_identity.session_context.assumed_root', 'Whether it is a root session.', 'sessionContext.assumedRoot'],
    ['user_identity.session_context.sign_in_session_arn', 'The sign-in session.', 'sessionContext.signInSessionArn'],
  ]),
  ...trail('date', [
    [
      'user_identity.session_context.creation_date',
      'When the session began.',
      'sessionContext.attributes.creationDate',
    ],
  ]),
  ...trail('flattened', [
    [
      'user_identity.session_context.web_id_federation_data.attributes',
      'What the web identity provider said.',
      'sessionContext.webIdFederationData.attributes',
    ],
    ['flattened.request_parameters', 'What was asked, field by field.', 'requestParameters'],
    ['flattened.response_elements', 'What was answered, field by field.', 'responseElements'],
    ['flattened.additional_eventdata', "The service's own data.", 'additionalEventData'],
    ['flattened.service_event_details', 'What a service event was about.', 'serviceEventDetails'],
    ['flattened.insight_details', 'What an Insight record found.', 'insightDetails'],
    ['flattened.digest', "A digest file's names, times and hashes.", 'digest files'],
  ]),
  text('aws.cloudtrail.request_parameters', 'What was asked, as text.', 'requestParameters'),
  text('aws.cloudtrail.response_elements', 'What was answered, as text.', 'responseElements'),
  keyword('aws.cloudtrail.additional_eventdata', "The service's own data, as text.", 'additionalEventData'),
  keyword('aws.cloudtrail.service_event_details', 'What a service event was about, as text.', 'serviceEventDetails'),

  plain('event.ingested', 'date', 'When Elasticsearch got it.', 'not in the record'),
  plain('event.created', 'date', 'When the shipper read it.', 'not in the record'),
  keyword('source.geo.city_name', 'The city of the address.', '--geoip'),
  keyword('source.geo.region_name', 'Its region.', '--geoip'),
  keyword('source.geo.region_iso_code', "Its region's code.", '--geoip'),
  keyword('source.geo.country_name', 'Its country.', '--geoip'),
  keyword('source.geo.country_iso_code', "Its country's code.", '--geoip'),
  keyword('source.geo.continent_name', 'Its continent.', '--geoip'),
  plain('source.geo.location', 'flattened', 'Its coordinates: lat and lon.', '--geoip'),
  plain('source.as.number', 'long', 'The autonomous system of the address.', '--geoip'),
  keyword('source.as.organization.name', 'Whose that is.', '--geoip'),
  keyword('user_agent.name', 'The program, parsed from the user agent.', 'not in the record'),
  keyword('user_agent.version', 'Its version.', 'not in the record'),
  keyword('user_agent.device.name', 'Its device.', 'not in the record'),
  keyword('user_agent.os.name', 'Its operating system.', 'not in the record'),
  keyword('user_agent.os.full', 'The same, with its version.', 'not in the record'),
  keyword('user_agent.os.version', "The operating system's version.", 'not in the record'),
];

function plain(name: string, type: FieldType, says: string, source: string): Field {
  return { name, type, says, source };
}

function keyword(name: string, says: string, source: string): Field {
  return { name, type: 'keyword', says, source, ignoreAbove: KEYWORD_LENGTH };
}

function text(name: string, says: string, source: string): Field {
  return { name, type: 'keyword', says, source, ignoreAbove: TEXT_LENGTH };
}

function trail(type: FieldType, fields: readonly (readonly [string, string, string])[]): readonly Field[] {
  const make =
    type === 'keyword' ? keyword : (name: string, says: string, source: string) => plain(name, type, says, source);
  return fields.map(([name, says, source]) => make(`aws.cloudtrail.${name}`, says, source));
}
