/**
 * Keys of which a request has at most one value (IAM user guide, "Global condition keys", and the services' pages of the
 * service authorization reference, 2026-09). Of any other key it may have several: two values that differ then do not
 * exclude each other.
 */
const SINGLE: ReadonlySet<string> = new Set(
  [
    'aws:AssumedRoot aws:ChatbotSourceArn aws:CalledViaFirst aws:CalledViaLast aws:CurrentTime aws:Ec2InstanceSourcePrivateIPv4',
    'aws:Ec2InstanceSourceVpc aws:EpochTime aws:FederatedProvider aws:MultiFactorAuthAge aws:MultiFactorAuthPresent',
    'aws:PrincipalAccount aws:PrincipalArn aws:PrincipalIsAWSService aws:PrincipalOrgID aws:PrincipalServiceName',
    'aws:PrincipalType aws:referer aws:RequestedRegion aws:ResourceAccount aws:ResourceOrgID aws:SecureTransport',
    'aws:SourceAccount aws:SourceArn aws:SourceIdentity aws:SourceIp aws:SourceOrgID aws:SourceOwner aws:SourceVpc',
    'aws:SourceVpcArn aws:SourceVpce aws:TokenIssueTime aws:UserAgent aws:userid aws:username aws:ViaAWSService',
    'aws:VpceAccount aws:VpceOrgID aws:VpcSourceIp',
    'ec2:InstanceType ec2:Region ec2:RoleDelivery ec2:SourceInstanceARN ec2:Vpc iam:AWSServiceName iam:AssociatedResourceArn',
    'iam:PassedToService iam:PermissionsBoundary iam:PolicyARN kms:CallerAccount kms:ViaService lambda:SourceFunctionArn',
    's3:prefix s3:delimiter s3:max-keys s3:signatureversion s3:VersionId s3:x-amz-acl s3:x-amz-server-side-encryption',
    'sts:ExternalId sts:RoleSessionName sts:SourceIdentity',
  ]
    .join(' ')
    .toLowerCase()
    .split(' '),
);

/** Tags of principal, resource and request: `aws:ResourceTag/team`, `ec2:ResourceTag/team`. */
const TAG = /^[a-z0-9-]+:(principaltag|resourcetag|requesttag)\//;

/** The key in lower case. */
export function isSingleValued(key: string): boolean {
  return SINGLE.has(key) || TAG.test(key);
}
