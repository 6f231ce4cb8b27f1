// CloudTrail log files as a busy organisation's trail writes them, data events included: the same from the same seed.
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const pack = promisify(gzip);

/** Writes `megabytes` (10^6 bytes, unpacked) of log files into `folder`; what they are in bytes and records. */
export async function writeCorpus({ folder, megabytes, seed = 1 }) {
  mkdirSync(folder, { recursive: true });
  const dice = diceOf(seed);
  const total = { raw: 0, packed: 0, records: 0, files: 0 };
  while (total.raw < megabytes * 1e6) {
    const records = Array.from({ length: dice.oneOf(SIZES) }, (_, i) => recordOf(dice, total.records + i));
    const raw = Buffer.from(JSON.stringify({ Records: records }));
    const packed = await pack(raw);
    await write(join(folder, nameOf(dice, total)), packed);
    total.raw += raw.length;
    total.packed += packed.length;
    total.records += records.length;
    total.files += 1;
  }
  return total;
}

/** Records in a file: most are small, most records are in large ones. */
const SIZES = [40, 150, 600, 1500, 3000, 6000];

const START = Date.UTC(2026, 4, 4);
/** Milliseconds from one record to the next. */
const PACE = 250;

function nameOf(dice, { files, records }) {
  const time = new Date(START + records * PACE).toISOString().replace(/[-:]|\.\d+/g, '');
  const number = String(files).padStart(5, '0');
  return `${number}_111122223333_CloudTrail_eu-central-1_${time}_${dice.letters(16)}.json.gz`;
}

async function write(file, bytes) {
  const stream = createWriteStream(file);
  stream.end(bytes);
  await finished(stream);
}

function recordOf(dice, place) {
  const kind = dice.weighted(KINDS);
  const name = dice.oneOf(kind.names);
  const region = dice.oneOf(['eu-central-1', 'eu-central-1', 'us-east-1', 'eu-west-1']);
  const time = new Date(START + place * PACE + dice.below(60_000));
  const isRefused = kind.isReadOnly && dice.below(100) < 3;
  return {
    eventVersion: dice.oneOf(['1.08', '1.09', '1.11']),
    userIdentity: kind.identity(dice, time),
    eventTime: `${time.toISOString().slice(0, 19)}Z`,
    eventSource: `${kind.source}.amazonaws.com`,
    eventName: name,
    awsRegion: region,
    ...caller(dice, kind),
    ...(isRefused ? REFUSED : {}),
    requestParameters: kind.request(dice, name),
    responseElements: isRefused ? null : (kind.response?.(dice, name) ?? null),
    ...(kind.extra?.(dice) ?? {}),
    requestID: dice.letters(16).toUpperCase(),
    eventID: dice.uuid(),
    readOnly: kind.isReadOnly,
    ...(kind.resources === undefined ? {} : { resources: kind.resources(dice, region) }),
    eventType: kind.source === 'signin' ? 'AwsConsoleSignIn' : 'AwsApiCall',
    managementEvent: kind.isData !== true,
    recipientAccountId: '111122223333',
    eventCategory: kind.isData === true ? 'Data' : 'Management',
    ...(kind.isService ? {} : { tlsDetails: tls(kind.source, region) }),
  };
}

const REFUSED = {
  errorCode: 'AccessDenied',
  errorMessage: 'User is not authorized to perform this operation because no identity-based policy allows the action',
};

function caller(dice, { source, isService }) {
  if (isService) return { sourceIPAddress: `${source}.amazonaws.com`, userAgent: `${source}.amazonaws.com` };
  const sourceIPAddress = `${dice.oneOf(['10.12', '203.0', '198.51', '52.94'])}.${dice.below(256)}.${dice.below(256)}`;
  return { sourceIPAddress, userAgent: dice.oneOf(AGENTS) };
}

const AGENTS = [
  '[aws-sdk-java/2.25.60 Linux/5.10.219-208.866.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.11+9-LTS Java/17.0.11 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/legacy]',
  'aws-cli/2.15.40 Python/3.11.8 Linux/6.1.90-99.173.amzn2023.x86_64 exe/x86_64.amzn.2023 prompt/off command/s3.cp',
  'Boto3/1.34.101 md/Botocore#1.34.101 ua/2.0 os/linux#5.10.215 md/arch#x86_64 lang/python#3.12.3 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.101',
  'APN/1.0 HashiCorp/1.0 Terraform/1.8.3 (+https://www.terraform.io) terraform-provider-aws/5.49.0 aws-sdk-go-v2/1.26.1 os/linux lang/go#1.22.2',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36',
  'aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 api/dynamodb#1.34.4',
];

function tls(source, region) {
  return {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: `${source}.${region}.amazonaws.com`,
  };
}

const ROLES = Array.from({ length: 40 }, (_, i) => `${['app', 'batch', 'etl', 'deploy', 'node'][i % 5]}-${i}`);

function assumed(dice, time) {
  const role = dice.oneOf(ROLES);
  const id = `AROA${dice.stem(role)}`;
  const session = dice.oneOf([`i-0${dice.hex(16)}`, 'botocore-session-1714', `${role}-session`]);
  return {
    type: 'AssumedRole',
    principalId: `${id}:${session}`,
    arn: `arn:aws:sts::111122223333:assumed-role/${role}/${session}`,
    accountId: '111122223333',
    accessKeyId: `ASIA${dice.letters(16).toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: id,
        arn: `arn:aws:iam::111122223333:role/${role}`,
        accountId: '111122223333',
        userName: role,
      },
      webIdFederationData: {},
      attributes: { creationDate: `${time.toISOString().slice(0, 14)}00:00Z`, mfaAuthenticated: 'false' },
      ec2RoleDelivery: '2.0',
    },
  };
}

function user(dice) {
  const name = dice.oneOf(['ada', 'brian', 'chen', 'dora', 'ci-user']);
  return {
    type: 'IAMUser',
    principalId: `AIDA${dice.stem(name)}`,
    arn: `arn:aws:iam::111122223333:user/${name}`,
    accountId: '111122223333',
    accessKeyId: `AKIA${dice.stem(`${name}key`)}`,
    userName: name,
  };
}

const service = name => () => ({ type: 'AWSService', invokedBy: `${name}.amazonaws.com` });

const bucket = dice => dice.oneOf(['acme-data-lake', 'acme-logs-prod', 'acme-artifacts', 'acme-web-assets']);
const objectKey = dice =>
  `year=2026/month=05/day=${10 + dice.below(18)}/part-${dice.hex(8)}-${dice.hex(4)}-c000.snappy.parquet`;
const keyArn = (dice, region) => `arn:aws:kms:${region}:111122223333:key/${dice.uuid()}`;

const s3 = {
  source: 's3',
  isData: true,
  identity: assumed,
  request: dice => ({ bucketName: bucket(dice), Host: `${bucket(dice)}.s3.amazonaws.com`, key: objectKey(dice) }),
  extra: dice => ({
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'TLS_AES_128_GCM_SHA256',
      bytesTransferredIn: 0,
      AuthenticationMethod: 'AuthHeader',
      'x-amz-id-2': dice.letters(76),
      bytesTransferredOut: dice.below(1e6),
    },
  }),
  resources: dice => [
    { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket(dice)}/${objectKey(dice)}` },
    { accountId: '111122223333', type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket(dice)}` },
  ],
};

/** Weights are of about a hundred thousand. What changes an account is as rare as it is. */
const KINDS = [
  { ...s3, weight: 24000, names: ['GetObject'], isReadOnly: true },
  { ...s3, weight: 9000, names: ['PutObject', 'PutObject', 'DeleteObject', 'CopyObject'], isReadOnly: false },
  { ...s3, weight: 9000, names: ['HeadObject', 'ListObjects', 'HeadBucket'], isReadOnly: true },
  {
    weight: 9000,
    source: 'dynamodb',
    names: ['GetItem', 'Query', 'BatchGetItem'],
    isReadOnly: true,
    isData: true,
    identity: assumed,
    request: dice => ({ tableName: dice.oneOf(['orders', 'carts']), key: { pk: dice.uuid() }, consistentRead: false }),
    resources: () => [
      {
        accountId: '111122223333',
        type: 'AWS::DynamoDB::Table',
        ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders',
      },
    ],
  },
  {
    weight: 6000,
    source: 'lambda',
    names: ['Invoke'],
    isReadOnly: false,
    isData: true,
    identity: assumed,
    request: dice => ({
      functionName: `arn:aws:lambda:eu-central-1:111122223333:function:${dice.oneOf(['resize', 'notify', 'bill'])}`,
      invocationType: 'RequestResponse',
    }),
    extra: () => ({
      additionalEventData: { functionVersion: 'arn:aws:lambda:eu-central-1:111122223333:function:resize:42' },
    }),
  },
  {
    weight: 13000,
    source: 'kms',
    names: ['Decrypt', 'Decrypt', 'GenerateDataKey'],
    isReadOnly: true,
    identity: assumed,
    request: dice => ({
      encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${bucket(dice)}` },
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    }),
    resources: (dice, region) => [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: keyArn(dice, region) }],
  },
  {
    weight: 9000,
    source: 'sts',
    names: ['AssumeRole'],
    isReadOnly: true,
    isService: true,
    identity: service('ec2'),
    request: dice => ({
      roleArn: `arn:aws:iam::111122223333:role/${dice.oneOf(ROLES)}`,
      roleSessionName: `i-0${dice.hex(16)}`,
    }),
    response: dice => ({
      credentials: {
        accessKeyId: `ASIA${dice.letters(16).toUpperCase()}`,
        sessionToken: dice.letters(400),
        expiration: 'May 4, 2026, 6:35:13 PM',
      },
    }),
  },
  {
    weight: 1000,
    source: 'sts',
    names: ['GetCallerIdentity'],
    isReadOnly: true,
    identity: assumed,
    request: () => null,
  },
  {
    weight: 8000,
    source: 'ec2',
    names: ['DescribeInstances', 'DescribeVolumes', 'DescribeTags', 'DescribeNetworkInterfaces', 'DescribeSubnets'],
    isReadOnly: true,
    identity: assumed,
    request: dice => ({
      maxResults: 1000,
      filterSet: { items: [{ name: 'vpc-id', valueSet: { items: [{ value: `vpc-0${dice.hex(16)}` }] } }] },
    }),
  },
  {
    weight: 2000,
    source: 'iam',
    names: ['GetRole', 'ListRoles', 'GetPolicyVersion', 'ListAttachedRolePolicies'],
    isReadOnly: true,
    identity: assumed,
    request: dice => ({ roleName: dice.oneOf(ROLES) }),
  },
  {
    weight: 3000,
    source: 'logs',
    names: ['CreateLogStream', 'DescribeLogStreams'],
    isReadOnly: false,
    identity: assumed,
    request: dice => ({ logGroupName: '/aws/lambda/resize', logStreamName: `2026/05/04/[$LATEST]${dice.hex(32)}` }),
  },
  {
    weight: 4000,
    source: 'ssm',
    names: ['UpdateInstanceInformation', 'GetParameter', 'GetParameters'],
    isReadOnly: true,
    identity: assumed,
    request: dice => ({ name: `/prod/db/${dice.hex(6)}`, withDecryption: false }),
  },
  {
    weight: 1500,
    source: 'secretsmanager',
    names: ['GetSecretValue'],
    isReadOnly: true,
    identity: assumed,
    request: dice => ({ secretId: `arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/${dice.hex(6)}` }),
  },
  {
    weight: 1200,
    source: 'rolesanywhere',
    names: ['CreateSession'],
    isReadOnly: false,
    identity: () => ({ type: 'AWSAccount', principalId: '', accountId: '111122223333' }),
    request: dice => ({
      cert: dice.letters(1200),
      durationSeconds: 3600,
      profileArn: `arn:aws:rolesanywhere:eu-central-1:111122223333:profile/${dice.uuid()}`,
      roleArn: `arn:aws:iam::111122223333:role/${dice.oneOf(ROLES)}`,
      trustAnchorArn: `arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/${dice.uuid()}`,
    }),
  },
  {
    weight: 200,
    source: 'signin',
    names: ['ConsoleLogin'],
    isReadOnly: false,
    identity: user,
    request: () => null,
    response: () => ({ ConsoleLogin: 'Success' }),
    extra: () => ({
      additionalEventData: { LoginTo: 'https://console.aws.amazon.com/', MobileVersion: 'No', MFAUsed: 'Yes' },
    }),
  },
  {
    weight: 60,
    source: 'ec2',
    names: ['AuthorizeSecurityGroupIngress', 'RunInstances', 'CreateSnapshot', 'ModifySnapshotAttribute'],
    isReadOnly: false,
    identity: user,
    request: dice => ({
      groupId: `sg-0${dice.hex(16)}`,
      ipPermissions: {
        items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
      },
    }),
    response: dice => ({ requestId: dice.uuid(), _return: true }),
  },
  {
    weight: 40,
    source: 'iam',
    names: ['CreateAccessKey', 'AttachRolePolicy', 'PutRolePolicy', 'UpdateAssumeRolePolicy', 'CreateUser'],
    isReadOnly: false,
    identity: user,
    request: dice => ({ roleName: dice.oneOf(ROLES), policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
  },
  {
    weight: 3,
    source: 'rolesanywhere',
    names: ['CreateProfile', 'CreateTrustAnchor', 'UpdateProfile'],
    isReadOnly: false,
    identity: user,
    request: dice => ({
      name: `edge-${dice.hex(4)}`,
      enabled: true,
      roleArns: [`arn:aws:iam::111122223333:role/${dice.oneOf(ROLES)}`],
    }),
  },
];

/** Chance, the same from the same seed (mulberry32). */
function diceOf(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = n => Math.floor(next() * n);
  const of = (alphabet, length) => {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[below(alphabet.length)];
    return text;
  };
  const hex = length => of('0123456789abcdef', length);
  return {
    below,
    hex,
    oneOf: list => list[below(list.length)],
    letters: length => of('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', length),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    /** Sixteen letters that belong to a name. */
    stem: name => Buffer.from(name.repeat(16)).toString('hex').slice(0, 16).toUpperCase(),
    weighted(items) {
      let at = below(items.reduce((sum, { weight }) => sum + weight, 0));
      return items.find(({ weight }) => {
        at -= weight;
        return at < 0;
      });
    },
  };
}
