import { describe, expect, it } from 'vitest';
import { ecsDocument } from '../../src/cloudtrail/ecs.ts';
import { CREATE_PROFILE, fieldsOf, type Rows } from './records.ts';

/**
 * What becomes of each member of a record. Source: elastic/integrations, packages/aws/data_stream/cloudtrail/elasticsearch/
 * ingest_pipeline/default.yml of 2026-08; where a row rests on something else it says so.
 */
function table(title: string, rows: Rows): void {
  describe(title, () => {
    it.each(rows)('%s', (_, record, fields) => {
      expect(fieldsOf(record, Object.keys(fields))).toEqual(fields);
    });
  });
}

const TRAIL = 'aws.cloudtrail';
const IDENTITY = `${TRAIL}.user_identity`;
const SESSION = `${IDENTITY}.session_context`;

const ROLE = 'arn:aws:iam::111122223333:role/Admin';
const SESSION_ARN = 'arn:aws:sts::111122223333:assumed-role/Admin/ann@example.org';

const ASSUMED = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:ann@example.org',
  arn: SESSION_ARN,
  userName: 'overridden',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      principalId: 'AROAEXAMPLE',
      arn: ROLE,
      accountId: '111122223333',
      userName: 'Admin',
    },
    attributes: { creationDate: '2022-03-21T22:40:46Z', mfaAuthenticated: 'false' },
  },
};

table('constants', [
  [
    'of every document',
    {},
    {
      'cloud.provider': 'aws',
      'data_stream.type': 'logs',
      'data_stream.dataset': 'aws.cloudtrail',
      'data_stream.namespace': 'default',
      'ecs.version': '8.11.0',
      'event.module': 'aws',
      'event.dataset': 'aws.cloudtrail',
    },
  ],
]);

table('members that get another name', [
  ['eventVersion', { eventVersion: '1.11' }, { [`${TRAIL}.event_version`]: '1.11' }],
  ['eventCategory', { eventCategory: 'Data' }, { [`${TRAIL}.event_category`]: 'Data' }],
  ['eventType', { eventType: 'AwsApiCall' }, { [`${TRAIL}.event_type`]: 'AwsApiCall' }],
  ['apiVersion', { apiVersion: '2012-08-10' }, { [`${TRAIL}.api_version`]: '2012-08-10' }],
  ['requestID', { requestID: 'r' }, { [`${TRAIL}.request_id`]: 'r' }],
  ['eventID', { eventID: 'e' }, { 'event.id': 'e' }],
  ['eventName', { eventName: 'CreateProfile' }, { 'event.action': 'CreateProfile' }],
  ['awsRegion', { awsRegion: 'eu-west-1' }, { 'cloud.region': 'eu-west-1' }],
  ['userAgent', { userAgent: 'Boto3' }, { 'user_agent.original': 'Boto3', 'user_agent.name': undefined }],
  ['errorCode', { errorCode: 'AccessDenied' }, { [`${TRAIL}.error_code`]: 'AccessDenied' }],
  ['errorMessage', { errorMessage: 'no' }, { [`${TRAIL}.error_message`]: 'no' }],
  ['managementEvent becomes text', { managementEvent: true }, { [`${TRAIL}.management_event`]: 'true' }],
  ['readOnly stays a boolean', { readOnly: false }, { [`${TRAIL}.read_only`]: false }],
  ['readOnly of LookupEvents is text and stays text', { readOnly: 'true' }, { [`${TRAIL}.read_only`]: 'true' }],
  ['recipientAccountId', { recipientAccountId: '1' }, { [`${TRAIL}.recipient_account_id`]: '1' }],
  ['sharedEventID', { sharedEventID: 's' }, { [`${TRAIL}.shared_event_id`]: 's' }],
  ['sharedEventId', { sharedEventId: 's' }, { [`${TRAIL}.shared_event_id`]: 's' }],
  ['both: the first', { sharedEventID: 's', sharedEventId: 't' }, { [`${TRAIL}.shared_event_id`]: 's' }],
  ['vpcEndpointId', { vpcEndpointId: 'vpce-1' }, { [`${TRAIL}.vpc_endpoint_id`]: 'vpce-1' }],
  ['vpcEndpointAccountId', { vpcEndpointAccountId: '2' }, { [`${TRAIL}.vpc_endpoint_account_id`]: '2' }],
  [
    'sessionCredentialFromConsole',
    { sessionCredentialFromConsole: 'true' },
    { [`${TRAIL}.session_credential_from_console`]: 'true' },
  ],
  [
    'addendum',
    { addendum: { reason: 'UPDATED_DATA', updatedFields: 'x', originalRequestID: 'r', originalEventID: 'e' } },
    {
      [`${TRAIL}.addendum`]: {
        reason: 'UPDATED_DATA',
        updated_fields: 'x',
        original_request_id: 'r',
        original_event_id: 'e',
      },
    },
  ],
]);

table('time', [
  ['eventTime', { eventTime: '2026-11-23T02:00:00Z' }, { '@timestamp': '2026-11-23T02:00:00.000Z' }],
  // The document keeps the shipper's time; a log file does not tell it.
  ['none', {}, { '@timestamp': undefined, 'event.kind': 'event', error: undefined }],
  [
    'no time',
    { eventTime: 'yesterday' },
    { '@timestamp': undefined, 'event.kind': 'pipeline_error', 'error.message': ['eventTime is not a time'] },
  ],
  ['the basic form is none here', { eventTime: '20131102T010628Z' }, { 'event.kind': 'pipeline_error' }],
]);

table('eventSource', [
  [
    'a service of AWS',
    { eventSource: 'iam.amazonaws.com' },
    { 'event.provider': 'iam.amazonaws.com', 'cloud.service.name': 'iam' },
  ],
  ['another', { eventSource: 'example.org' }, { 'event.provider': 'example.org', 'cloud.service.name': undefined }],
  ['nothing before the dot', { eventSource: '.amazonaws.com' }, { 'cloud.service': undefined }],
  ['up to the first end', { eventSource: 'a.amazonaws.com.amazonaws.com' }, { 'cloud.service.name': 'a' }],
]);

table('userIdentity', [
  [
    'an IAM user',
    { userIdentity: CREATE_PROFILE.userIdentity },
    {
      [IDENTITY]: {
        type: 'IAMUser',
        arn: 'arn:aws:iam::111122223333:user/mallory',
        access_key_id: 'AKIAIOSFODNN7EXAMPLE',
      },
      'user.name': 'mallory',
      'user.id': 'AIDAEXAMPLE',
      'cloud.account.id': '111122223333',
    },
  ],
  [
    'an assumed role: named after the role, the session becomes related',
    { userIdentity: ASSUMED },
    {
      'user.name': 'Admin',
      'user.id': 'AROAEXAMPLE:ann@example.org',
      'user.email': 'ann@example.org',
      'related.user': ['ann@example.org', 'ann', 'AROAEXAMPLE:ann@example.org', 'Admin'],
      [SESSION]: {
        creation_date: '2022-03-21T22:40:46.000Z',
        mfa_authenticated: 'false',
        session_issuer: { type: 'Role', principal_id: 'AROAEXAMPLE', arn: ROLE, account_id: '111122223333' },
      },
    },
  ],
  [
    'a federated user too',
    { userIdentity: { ...ASSUMED, type: 'FederatedUser', arn: 'arn:aws:sts::1:federated-user/bob' } },
    { 'user.name': 'Admin', 'related.user': ['bob', 'AROAEXAMPLE:ann@example.org', 'Admin'] },
  ],
  [
    'another type keeps its own name, and has no session',
    { userIdentity: { ...ASSUMED, type: 'WebIdentityUser' } },
    {
      'user.name': 'overridden',
      'user.email': undefined,
      'related.user': ['AROAEXAMPLE:ann@example.org', 'overridden'],
    },
  ],
  [
    'a partition of its own',
    { userIdentity: { type: 'AssumedRole', arn: 'arn:aws-us-gov:sts::1:assumed-role/A/bob' } },
    { 'related.user': ['bob'] },
  ],
  [
    'an IAM ARN has no session',
    { userIdentity: { type: 'AssumedRole', arn: 'arn:aws:iam::1:role/a/b' } },
    { 'related.user': undefined },
  ],
  [
    'a session that begins with @',
    { userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/A/@b' } },
    { 'user.email': '@b', 'related.user': ['@b'] },
  ],
  [
    'the basic form of the creation date',
    { userIdentity: { sessionContext: { attributes: { creationDate: '20131102T010628Z' } } } },
    { [`${SESSION}.creation_date`]: '2013-11-02T01:06:28.000Z', 'event.kind': 'event' },
  ],
  [
    'a creation date that is none',
    { userIdentity: { sessionContext: { attributes: { creationDate: 'now' } } } },
    { [SESSION]: undefined, 'event.kind': 'pipeline_error', 'error.message': ['creationDate is not a time'] },
  ],
  [
    'an Identity Center user has the id of its store',
    { userIdentity: { type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1', identityStoreArn: 'arn:s' } } },
    {
      'user.id': 'u-1',
      [`${IDENTITY}.on_behalf_of`]: { user_id: 'u-1', identity_store_arn: 'arn:s' },
      'related.user': ['u-1'],
    },
  ],
  [
    'its own principal comes first',
    { userIdentity: { type: 'IdentityCenterUser', principalId: 'p', onBehalfOf: { userId: 'u-1' } } },
    { 'user.id': 'p', 'related.user': ['p', 'u-1'] },
  ],
  [
    'others act on behalf of one, but are none',
    { userIdentity: { type: 'AssumedRole', onBehalfOf: { userId: 'u-1' } } },
    { 'user.id': undefined, 'related.user': ['u-1'] },
  ],
  [
    'all that is only renamed',
    {
      userIdentity: {
        invokedBy: 'signin.amazonaws.com',
        invokedByDelegate: { accountId: '1' },
        credentialId: 'c',
        identityProvider: 'p',
        inScopeOf: { issuerType: 'i', credentialsIssuedTo: 't', sourceArn: 'a', sourceAccount: '2' },
        sessionContext: {
          ec2RoleDelivery: '2.0',
          sourceIdentity: 'CN=x',
          webIdFederationData: { federatedProvider: 'f', attributes: { aud: 'x' } },
          assumedRoot: 'true',
          signInSessionArn: 's',
        },
      },
    },
    {
      [IDENTITY]: {
        invoked_by: 'signin.amazonaws.com',
        invoked_by_delegate: { account_id: '1' },
        credential_id: 'c',
        identity_provider: 'p',
        in_scope_of: { issuer_type: 'i', credentials_issued_to: 't', source_arn: 'a', source_account: '2' },
        session_context: {
          ec2_role_delivery: '2.0',
          source_identity: 'CN=x',
          web_id_federation_data: { federated_provider: 'f', attributes: { aud: 'x' } },
          assumed_root: 'true',
          sign_in_session_arn: 's',
        },
      },
    },
  ],
]);

const LINKED = 'arn:aws:iam::1:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig';

table('services that act are no users', [
  [
    'AWSService',
    { userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com', principalId: 'p', userName: 'u' } },
    { 'service.name': 'ec2.amazonaws.com', user: undefined, [`${IDENTITY}.invoked_by`]: 'ec2.amazonaws.com' },
  ],
  [
    'AWSService that does not say which',
    { userIdentity: { type: 'AWSService', principalId: 'p', userName: 'u' } },
    { service: undefined, 'user.name': 'u', 'user.id': 'p' },
  ],
  [
    'a service-linked role',
    {
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'p',
        sessionContext: { sessionIssuer: { arn: LINKED, userName: 'R' } },
      },
    },
    { 'service.name': 'config.amazonaws.com', user: undefined },
  ],
  [
    'a service-linked role that was called for somebody',
    {
      userIdentity: {
        type: 'AssumedRole',
        invokedBy: 'other.amazonaws.com',
        sessionContext: { sessionIssuer: { arn: LINKED, userName: 'R' } },
      },
    },
    { 'service.name': 'other.amazonaws.com', user: undefined },
  ],
  [
    'the path without a role behind it',
    {
      userIdentity: {
        type: 'AssumedRole',
        sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:role/aws-service-role/x', userName: 'R' } },
      },
    },
    { service: undefined, 'user.name': 'R' },
  ],
  [
    'invokedBy alone does not make one: people sign in through a service',
    { userIdentity: { type: 'IAMUser', userName: 'u', invokedBy: 'signin.amazonaws.com' } },
    { service: undefined, 'user.name': 'u' },
  ],
]);

table('cloud.account.id', [
  [
    'the caller',
    { userIdentity: { accountId: '1' }, recipientAccountId: '2', awsAccountId: '3' },
    { 'cloud.account.id': '1' },
  ],
  ['the recipient', { recipientAccountId: '2', awsAccountId: '3' }, { 'cloud.account.id': '2' }],
  ["a digest's", { awsAccountId: '3' }, { 'cloud.account.id': '3' }],
]);

table('sourceIPAddress', [
  [
    'IPv4',
    { sourceIPAddress: '10.0.0.1' },
    { source: { address: '10.0.0.1', ip: '10.0.0.1' }, 'related.ip': ['10.0.0.1'] },
  ],
  ['IPv6', { sourceIPAddress: '2001:db8::1' }, { 'source.ip': '2001:db8::1', 'related.ip': ['2001:db8::1'] }],
  [
    'a list',
    { sourceIPAddress: '10.0.0.1, 10.0.0.2' },
    { source: { address: '10.0.0.1, 10.0.0.2' }, related: undefined },
  ],
  ['AWS Internal', { sourceIPAddress: 'AWS Internal' }, { source: { address: 'AWS Internal' }, related: undefined }],
  [
    'a service',
    { sourceIPAddress: 'ec2.amazonaws.com' },
    { source: { address: 'ec2.amazonaws.com' }, related: undefined },
  ],
  ['a foreign host', { sourceIPAddress: 'host.example.org' }, { 'related.hosts': ['host.example.org'] }],
  // Java takes no leading zeros and no zone.
  ['leading zeros', { sourceIPAddress: '010.0.0.1' }, { 'source.ip': undefined }],
  ['a zone', { sourceIPAddress: 'fe80::1%eth0' }, { 'source.ip': undefined }],
]);

table('tlsDetails', [
  [
    'all of it',
    {
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'c',
        clientProvidedHostHeader: 'sts.amazonaws.com',
        keyExchange: 'x25519',
      },
    },
    {
      tls: { version_protocol: 'tls', version: '1.3', cipher: 'c', client: { server_name: 'sts.amazonaws.com' } },
      [`${TRAIL}.tls_details.key_exchange`]: 'x25519',
      'related.hosts': undefined,
    },
  ],
  ['a version alone', { tlsDetails: { tlsVersion: '1.3' } }, { tls: { version: '1.3' } }],
  [
    'the word where the version should be drops all',
    {
      tlsDetails: {
        tlsVersion: 'tlsVersion',
        cipherSuite: 'c',
        keyExchange: 'k',
        clientProvidedHostHeader: 'h.example',
      },
    },
    { tls: undefined, [`${TRAIL}.tls_details`]: undefined, related: undefined },
  ],
]);

table('what is asked and answered', [
  [
    'as text and field by field',
    {
      requestParameters: { b: 1, a: ['x', { c: true }] },
      responseElements: { r: 's' },
      additionalEventData: { d: 't' },
      serviceEventDetails: { e: 'u' },
    },
    {
      [`${TRAIL}.request_parameters`]: '{a=[x, {c=true}], b=1}',
      [`${TRAIL}.response_elements`]: '{r=s}',
      [`${TRAIL}.additional_eventdata`]: '{d=t}',
      [`${TRAIL}.service_event_details`]: '{e=u}',
      [`${TRAIL}.flattened`]: {
        request_parameters: { b: 1, a: ['x', { c: true }] },
        response_elements: { r: 's' },
        additional_eventdata: { d: 't' },
        service_event_details: { e: 'u' },
      },
    },
  ],
  [
    'bare text stays text',
    { requestParameters: 'hello' },
    { [`${TRAIL}.request_parameters`]: 'hello', [`${TRAIL}.flattened.request_parameters`]: 'hello' },
  ],
  [
    'text too long to copy, by its length in UTF-16 units',
    { requestParameters: { a: 'x'.repeat(32_763) } },
    { [`${TRAIL}.request_parameters`]: `{a=${'x'.repeat(32_763)}}`, [`${TRAIL}.flattened`]: undefined },
  ],
  [
    'text that just fits',
    { requestParameters: { a: 'x'.repeat(32_761) } },
    { [`${TRAIL}.flattened.request_parameters`]: { a: 'x'.repeat(32_761) } },
  ],
]);

table('what is dropped before anything else', [
  [
    'at the top',
    { errorCode: '-', errorMessage: 'none', requestID: '', awsRegion: null, responseElements: {}, resources: [] },
    {
      [TRAIL]: {},
      'cloud.region': undefined,
      'event.outcome': 'success',
    },
  ],
  [
    'at any depth, and what has become empty by that',
    {
      requestParameters: { a: '-', b: 'none', c: '', d: null, e: { f: [null, { g: [] }] }, h: 0, i: false, j: 'None' },
    },
    {
      [`${TRAIL}.request_parameters`]: '{h=0, i=false, j=None}',
      [`${TRAIL}.flattened.request_parameters`]: { h: 0, i: false, j: 'None' },
    },
  ],
  [
    'of lists too',
    { requestParameters: { a: ['-', 'x', 'none', '', null, [], {}, '--'] } },
    {
      [`${TRAIL}.request_parameters`]: '{a=[x, --]}',
      [`${TRAIL}.flattened.request_parameters`]: { a: ['x', '--'] },
    },
  ],
  [
    'all of it',
    { requestParameters: { a: [null] } },
    { [`${TRAIL}.request_parameters`]: undefined, [`${TRAIL}.flattened`]: undefined },
  ],
  ['a user name that is none', { userIdentity: { userName: 'none', principalId: '-' } }, { user: undefined }],
]);

table('resources', [
  [
    'get other names, the rest stays',
    { resources: [{ ARN: 'a', accountId: '1', type: 't', x: 'y' }] },
    { [`${TRAIL}.resources`]: [{ arn: 'a', account_id: '1', type: 't', x: 'y' }] },
  ],
  [
    'are told once by ARN, account and type; the last one wins, in the place of the first',
    {
      resources: [
        { ARN: 'a', accountId: '1', type: 't', x: 1 },
        { ARN: 'b', type: 't' },
        { ARN: 'a', accountId: '1', type: 't', x: 2 },
        { ARN: 'a', accountId: '2', type: 't' },
      ],
    },
    // As a java.util.HashMap of the keys a_1_t, b__t and a_2_t hands them out.
    {
      [`${TRAIL}.resources`]: [
        { arn: 'a', account_id: '1', type: 't', x: 2 },
        { arn: 'a', account_id: '2', type: 't' },
        { arn: 'b', type: 't' },
      ],
    },
  ],
  ['what is no object is left out', { resources: ['a', { type: 't' }] }, { [`${TRAIL}.resources`]: [{ type: 't' }] }],
]);

table('who and what is acted on', [
  [
    'users',
    { requestParameters: { userName: 'old', newUserName: 'new' }, responseElements: { user: { userId: 'U1' } } },
    {
      user: { target: { id: 'U1', name: 'old' }, changes: { name: 'new' } },
      'related.user': ['old', 'new', 'U1'],
    },
  ],
  [
    'groups',
    { requestParameters: { groupName: 'g' }, responseElements: { group: { groupId: 'G1' } } },
    { group: { id: 'G1', name: 'g' } },
  ],
]);

table('user.email', [
  ['from the name', { userIdentity: { userName: 'a@b' } }, { 'user.email': 'a@b' }],
  ['not from a name that begins with @', { userIdentity: { userName: '@b' } }, { 'user.email': undefined }],
  ['the session before the name', { userIdentity: { ...ASSUMED } }, { 'user.email': 'ann@example.org' }],
]);

table('related', [
  [
    'users, each once',
    {
      userIdentity: { ...ASSUMED, onBehalfOf: { userId: 'u-1' } },
      requestParameters: { userName: 'ann', newUserName: 'new' },
    },
    { 'related.user': ['ann@example.org', 'ann', 'new', 'AROAEXAMPLE:ann@example.org', 'Admin', 'u-1'] },
  ],
  [
    'addresses',
    { sourceIPAddress: '10.0.0.1', serviceEventDetails: { sourceIpAddress: '10.0.0.2' } },
    { 'related.ip': ['10.0.0.1', '10.0.0.2'] },
  ],
  ['an address that is none', { serviceEventDetails: { sourceIpAddress: 'x' } }, { related: undefined }],
  [
    'hosts: foreign names, the computer, instances',
    {
      requestParameters: {
        computerName: 'pc',
        instanceId: 'i-0123456789',
        target: 'i-1123456789',
        resourceId: 'i-2123456789',
        instanceIds: ['i-0123456789', 'i-abcdefghij', 'i-short', 'x-0123456789'],
        instancesSet: { items: [{ instanceId: 'i-3123456789' }] },
      },
      responseElements: { instancesSet: { items: [{ instanceId: 'i-9999999999' }] } },
      resources: [
        { ARN: 'arn:aws:ec2:eu-west-1:1:instance/i-8888888888' },
        { ARN: 'arn:aws:ec2:::volume/i-7777777777' },
      ],
      tlsDetails: { clientProvidedHostHeader: 'vpce.example.org' },
      sourceIPAddress: 'host.example.org',
    },
    {
      'related.hosts': [
        'vpce.example.org',
        'host.example.org',
        'pc',
        'i-8888888888',
        'i-0123456789',
        'i-1123456789',
        'i-2123456789',
        'i-abcdefghij',
        'i-3123456789',
        'i-9999999999',
      ],
    },
  ],
]);

table('signing in', [
  [
    'ConsoleLogin tells of itself',
    {
      eventName: 'ConsoleLogin',
      additionalEventData: { LoginTo: 'https://x/', MobileVersion: 'No', MFAUsed: 'Yes' },
    },
    {
      [`${TRAIL}.console_login.additional_eventdata`]: {
        login_to: 'https://x/',
        mobile_version: false,
        mfa_used: true,
      },
      [`${TRAIL}.additional_eventdata`]: '{LoginTo=https://x/, MobileVersion=No, MFAUsed=Yes}',
    },
  ],
  [
    'others do not',
    { eventName: 'CheckMfa', additionalEventData: { MFAUsed: 'Yes' } },
    { [`${TRAIL}.console_login`]: undefined },
  ],
  [
    'UserAuthentication names its user among the additional data, from where it is moved',
    {
      eventName: 'UserAuthentication',
      userIdentity: { type: 'IdentityCenterUser' },
      additionalEventData: { UserName: 'ann@example.org', x: 'y' },
    },
    {
      'user.name': 'ann@example.org',
      'user.email': 'ann@example.org',
      'related.user': ['ann@example.org'],
      [`${TRAIL}.additional_eventdata`]: '{x=y}',
      [`${TRAIL}.flattened.additional_eventdata`]: { x: 'y' },
    },
  ],
  [
    'and leaves an empty object',
    { eventName: 'UserAuthentication', additionalEventData: { UserName: 'ann' } },
    { [`${TRAIL}.additional_eventdata`]: '{}', [`${TRAIL}.flattened`]: undefined },
  ],
  [
    'not where there is a user',
    { eventName: 'UserAuthentication', userIdentity: { userName: 'u' }, additionalEventData: { UserName: 'ann' } },
    { 'user.name': 'u', [`${TRAIL}.additional_eventdata`]: '{UserName=ann}' },
  ],
]);

table('event.outcome', [
  ['no error', {}, { 'event.outcome': 'success', 'event.kind': 'event' }],
  ['an error code', { errorCode: 'AccessDenied' }, { 'event.outcome': 'failure' }],
  ['an error message', { errorMessage: 'no' }, { 'event.outcome': 'failure' }],
  ['200 is an error code too', { errorCode: '200' }, { 'event.outcome': 'failure' }],
  ['dropped ones are none', { errorCode: 'none', errorMessage: '-' }, { 'event.outcome': 'success' }],
  [
    'a console login says itself how it went',
    { eventName: 'ConsoleLogin', errorMessage: 'x', responseElements: { ConsoleLogin: 'Success' } },
    { 'event.outcome': 'success' },
  ],
  [
    'or not',
    { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } },
    { 'event.outcome': 'failure' },
  ],
  [
    'other ways to sign in do not',
    { eventName: 'SwitchRole', responseElements: { SwitchRole: 'Failure' } },
    { 'event.outcome': 'success' },
  ],
]);

it('leaves out members of another type than they should have', () => {
  const record = { userIdentity: 'x', tlsDetails: [1], resources: {}, eventName: { a: 1 }, sourceIPAddress: 7 };
  const document = ecsDocument(record);
  expect(document.event).not.toHaveProperty('action');
  expect(document).not.toHaveProperty('tls');
  expect(document.source).toEqual({ address: '7' });
});
