// Rule files in Elastic's form, as many and of the kinds that its AWS rules are: written from what is known of them, not from them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the rules into `folder`; how many they are. */
export function writeRules({ folder }) {
  mkdirSync(folder, { recursive: true });
  const rules = [...simple(), ...narrow(), ...newTerms(), ...eql(), ...threshold()];
  rules.forEach((rule, i) => {
    const id = `bench-${String(i).padStart(3, '0')}`;
    writeFileSync(join(folder, `${id}.toml`), tomlOf(id, rule));
  });
  return rules.length;
}

/** What an account's owner does seldom, by service. */
const SELDOM = {
  iam: 'CreateUser CreateAccessKey CreateLoginProfile UpdateLoginProfile AttachUserPolicy AttachRolePolicy AttachGroupPolicy PutUserPolicy PutRolePolicy PutGroupPolicy AddUserToGroup CreateGroup DeleteGroup DeleteAccountPasswordPolicy DeactivateMFADevice CreateVirtualMFADevice UpdateAssumeRolePolicy CreatePolicyVersion SetDefaultPolicyVersion CreateSAMLProvider UpdateSAMLProvider CreateOpenIDConnectProvider DeleteRolePermissionsBoundary CreateServiceSpecificCredential',
  ec2: 'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress CreateNetworkAclEntry DeleteFlowLogs DeleteNetworkAcl ModifySnapshotAttribute ModifyImageAttribute CreateRoute ReplaceRoute CreateTrafficMirrorSession EnableSerialConsoleAccess DisableEbsEncryptionByDefault ModifyInstanceAttribute CreateKeyPair ImportKeyPair GetPasswordData ExportImage CreateInstanceExportTask RunInstances',
  s3: 'PutBucketPolicy PutBucketAcl DeleteBucketPolicy PutBucketLifecycle PutBucketReplication PutBucketVersioning DeleteBucketPublicAccessBlock PutBucketLogging DeleteBucketEncryption',
  cloudtrail: 'StopLogging DeleteTrail UpdateTrail PutEventSelectors CreateTrail',
  config: 'DeleteConfigRule StopConfigurationRecorder DeleteDeliveryChannel',
  guardduty: 'DeleteDetector UpdateDetector DeleteMembers CreateFilter',
  kms: 'ScheduleKeyDeletion DisableKey PutKeyPolicy CreateGrant',
  rds: 'DeleteDBInstance DeleteDBCluster ModifyDBInstance CreateDBSnapshot ModifyDBSnapshotAttribute StartExportTask',
  lambda:
    'AddPermission20150331v2 CreateFunction20150331 UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2 PublishLayerVersion20181031',
  route53: 'CreateHostedZone AssociateVPCWithHostedZone ChangeResourceRecordSets TransferDomainToAnotherAwsAccount',
  secretsmanager: 'DeleteSecret UpdateSecret PutResourcePolicy',
  organizations: 'LeaveOrganization DeleteOrganization InviteAccountToOrganization',
  sts: 'GetFederationToken AssumeRoot GetSessionToken',
  rolesanywhere: 'CreateProfile CreateTrustAnchor UpdateTrustAnchor UpdateProfile DeleteCrl',
  ssm: 'SendCommand StartSession CreateDocument ModifyDocumentPermission',
  sns: 'Subscribe CreateTopic Publish',
  wafv2: 'DeleteWebACL DeleteRuleGroup DeleteIPSet',
  logs: 'DeleteLogGroup DeleteLogStream',
  eks: 'CreateAccessEntry AssociateAccessPolicy',
  signin: 'ConsoleLogin SwitchRole',
};

function base(service, actions) {
  const list = actions.length === 1 ? actions[0] : `(${actions.map(action => `"${action}"`).join(' or ')})`;
  return `data_stream.dataset: aws.cloudtrail and event.provider: ${service}.amazonaws.com and event.action: ${list}`;
}

/** An action of one service, done; and all of that service by one who never does any. */
function simple() {
  return Object.entries(SELDOM).flatMap(([service, names]) => {
    const all = names.split(' ');
    const each = all.map(action => ({ type: 'query', query: `${base(service, [action])} and event.outcome: success` }));
    return [...each, { type: 'query', query: `${base(service, all)} and aws.cloudtrail.user_identity.type: Root` }];
  });
}

/** What happens all the time, and is odd only in one way. */
function narrow() {
  const queries = [
    `${base('s3', ['GetObject'])} and event.outcome: success and aws.cloudtrail.flattened.request_parameters.key: (*credentials* or *.env or *id_rsa*)`,
    `${base('s3', ['PutObject'])} and aws.cloudtrail.flattened.request_parameters.x-amz-server-side-encryption-customer-algorithm: *`,
    `${base('s3', ['GetObject', 'ListObjects'])} and aws.cloudtrail.user_identity.type: (AWSAccount or Unknown) and cloud.account.id: anonymous`,
    `${base('sts', ['GetCallerIdentity'])} and user_agent.original: *TruffleHog*`,
    `${base('lambda', ['Invoke'])} and aws.cloudtrail.user_identity.type: IAMUser and event.outcome: success`,
    `${base('ssm', ['GetParameter', 'GetParameters'])} and aws.cloudtrail.flattened.request_parameters.withDecryption: true`,
    `${base('kms', ['Decrypt'])} and aws.cloudtrail.user_identity.type: Root`,
    'event.dataset: aws.cloudtrail and event.outcome: failure and aws.cloudtrail.user_identity.type: Root',
    'event.dataset: aws.cloudtrail and aws.cloudtrail.user_identity.type: Root and not aws.cloudtrail.user_identity.invoked_by: *',
    'event.dataset: aws.cloudtrail and event.provider: bedrock.amazonaws.com and event.action: (Invoke* or Converse*)',
    'event.dataset: aws.cloudtrail and event.action: (Delete* or Disable*) and user_agent.original: (*kali* or *parrot*)',
    `${base('sts', ['AssumeRole'])} and aws.cloudtrail.user_identity.type: AssumedRole and not aws.cloudtrail.user_identity.invoked_by: *`,
  ];
  return queries.map(query => ({ type: 'query', query }));
}

function newTerms() {
  const rules = [
    ['sts', ['AssumeRoleWithWebIdentity'], ['cloud.account.id', 'user.name']],
    ['sts', ['GetCallerIdentity'], ['aws.cloudtrail.user_identity.arn']],
    ['secretsmanager', ['GetSecretValue'], ['aws.cloudtrail.user_identity.session_context.session_issuer.arn']],
    ['signin', ['ConsoleLogin'], ['cloud.account.id', 'user.name']],
    ['ec2', ['CreateKeyPair', 'ImportKeyPair'], ['aws.cloudtrail.user_identity.arn']],
    ['iam', ['CreateUser', 'CreateAccessKey'], ['cloud.account.id', 'user.name']],
    ['ssm', ['SendCommand'], ['aws.cloudtrail.user_identity.arn', 'source.ip']],
    ['dynamodb', ['Scan', 'ExportTableToPointInTime'], ['cloud.account.id', 'user.name']],
    ['organizations', ['DescribeOrganization'], ['aws.cloudtrail.user_identity.arn']],
    ['sns', ['Publish'], ['cloud.account.id', 'user.name']],
  ];
  return rules.map(([service, actions, fields]) => ({
    type: 'new_terms',
    query: `${base(service, actions)} and event.outcome: success`,
    fields,
  }));
}

function eql() {
  const services = [
    ['ec2', 'ModifyImageAttribute', 'imageId'],
    ['ec2', 'ModifySnapshotAttribute', 'add='],
    ['rds', 'ModifyDBSnapshotAttribute', 'valuesToAdd=[*]'],
    ['rds', 'ModifyDBInstance', 'masterUserPassword=*'],
    ['s3', 'PutBucketPolicy', 'Effect=Allow'],
    ['s3', 'PutBucketReplication', 'Account'],
    ['lambda', 'AddPermission20150331v2', 'principal='],
    ['iam', 'CreateLoginProfile', 'userName'],
    ['iam', 'AttachRolePolicy', 'AdministratorAccess'],
    ['iam', 'AttachUserPolicy', 'AdministratorAccess'],
    ['secretsmanager', 'PutResourcePolicy', 'Allow'],
    ['rolesanywhere', 'CreateTrustAnchor', 'sourceType=CERTIFICATE_BUNDLE'],
  ];
  return services.map(([service, action, text]) => ({
    type: 'eql',
    query:
      `any where event.dataset == "aws.cloudtrail" and event.provider == "${service}.amazonaws.com" and ` +
      `event.action == "${action}" and event.outcome == "success" and ` +
      `stringContains(aws.cloudtrail.request_parameters, "${text}")`,
  }));
}

function threshold() {
  return [
    {
      query: `${base('signin', ['ConsoleLogin'])} and event.outcome: failure`,
      fields: ['cloud.account.id'],
      value: 10,
    },
    {
      query: `${base('iam', ['UpdateAssumeRolePolicy'])} and event.outcome: failure`,
      fields: ['user.name'],
      value: 25,
    },
    {
      query: `${base('secretsmanager', ['GetSecretValue'])} and event.outcome: failure`,
      fields: ['user.id'],
      value: 20,
    },
  ].map(rule => ({ type: 'threshold', ...rule }));
}

function tomlOf(id, { type, query, fields, value }) {
  const lines = [
    '[metadata]',
    'creation_date = "2026/05/04"',
    'maturity = "production"',
    '',
    '[rule]',
    `name = "${id}"`,
    `rule_id = "${id}"`,
    'description = "A rule of the benchmark."',
    'author = ["Postern"]',
    'from = "now-6m"',
    'index = ["logs-aws.cloudtrail-*"]',
    `language = "${type === 'eql' ? 'eql' : 'kuery'}"`,
    'risk_score = 47',
    'severity = "medium"',
    'timestamp_override = "event.ingested"',
    `type = "${type}"`,
    `query = '''\n${query}\n'''`,
  ];
  if (type === 'new_terms')
    lines.push(
      '[rule.new_terms]',
      'field = "new_terms_fields"',
      `value = ${JSON.stringify(fields)}`,
      '[[rule.new_terms.history_window_start]]',
      'field = "history_window_start"',
      'value = "now-10d"',
    );
  if (type === 'threshold') lines.push('[rule.threshold]', `field = ${JSON.stringify(fields)}`, `value = ${value}`);
  return `${lines.join('\n')}\n`;
}
