/**
 * AWS's own shapes, with AWS's own member names, as they stand in a snapshot. Times are ISO 8601 strings of any
 * precision. Unknown members and enum values are kept: AWS adds them without asking.
 *
 * Roles Anywhere: service model 2018-05-10 (restJson1). IAM: API 2010-05-08.
 */

export interface TrustAnchorDetail {
  readonly trustAnchorId: string;
  readonly trustAnchorArn: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly source: {
    /** AWS_ACM_PCA, CERTIFICATE_BUNDLE or SELF_SIGNED_REPOSITORY today. */
    readonly sourceType: string;
    readonly sourceData: { readonly x509CertificateData?: string; readonly acmPcaArn?: string };
  };
  readonly createdAt?: string;
  readonly updatedAt?: string;
  /** Absent in answers older than 2023-05: absent means not known, not empty. */
  readonly notificationSettings?: readonly NotificationSetting[];
}

export interface NotificationSetting {
  readonly enabled: boolean;
  readonly event: string;
  /** Days before expiry. */
  readonly threshold?: number;
  readonly channel?: string;
  readonly configuredBy?: string;
}

export interface ProfileDetail {
  readonly profileId: string;
  readonly profileArn: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly roleArns: readonly string[];
  /** The principal's ARN, although the model calls it an account. */
  readonly createdBy?: string;
  /** JSON text, not URL-encoded; absent or empty when there is none. */
  readonly sessionPolicy?: string;
  readonly managedPolicyArns?: readonly string[];
  readonly durationSeconds?: number;
  /** Unused by AWS ("saved for future use"); never a control. */
  readonly requireInstanceProperties?: boolean;
  /** Absent in answers older than 2024-07: absent means not known, not false. */
  readonly acceptRoleSessionName?: boolean;
  /** Absent in answers older than 2024-04: absent means not known, not empty. */
  readonly attributeMappings?: readonly AttributeMapping[];
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface AttributeMapping {
  readonly certificateField: string;
  readonly mappingRules: readonly { readonly specifier: string }[];
}

export interface CrlDetail {
  readonly crlId: string;
  readonly crlArn: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Base64. */
  readonly crlData?: string;
  readonly trustAnchorArn?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

/** `credentials` and `instanceProperties` are there only for subjects whose details were asked for (GetSubject). */
export interface SubjectDetail {
  readonly subjectId: string;
  readonly subjectArn: string;
  readonly enabled?: boolean;
  readonly x509Subject: string;
  readonly lastSeenAt?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly credentials?: readonly SubjectCredential[];
  readonly instanceProperties?: readonly unknown[];
}

export interface SubjectCredential {
  readonly seenAt?: string;
  readonly serialNumber?: string;
  readonly issuer?: string;
  readonly enabled?: boolean;
  readonly x509CertificateData?: string;
  readonly failed?: boolean;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface ResourceTags {
  readonly resourceArn: string;
  readonly tags: readonly Tag[];
}

/**
 * A certificate authority of AWS Private CA: what DescribeCertificateAuthority and GetCertificateAuthorityCertificate tell of it
 * (API 2017-08-22). No certificate: it has none (yet), unless the call is among the unread ones.
 */
export interface CertificateAuthorityDetail {
  readonly arn: string;
  /** PEM. */
  readonly certificate?: string;
  /** PEM, from its issuer up; absent for a root CA. */
  readonly certificateChain?: string;
  /** ACTIVE, DISABLED, EXPIRED, PENDING_CERTIFICATE … */
  readonly status?: string;
  /** ROOT or SUBORDINATE. */
  readonly type?: string;
  /** GENERAL_PURPOSE or SHORT_LIVED_CERTIFICATE. */
  readonly usageMode?: string;
  readonly ownerAccount?: string;
  /** Whether AWS knows of no such CA. */
  readonly missing?: boolean;
}

/** A policy as AWS hands it out: URL-encoded text, plain text, or the object (the AWS CLI decodes it). */
export type PolicyDocument = string | Readonly<Record<string, unknown>>;

/** IAM's RoleDetail with the `MaxSessionDuration` that only GetRole and ListRoles give. */
export interface RoleDetail {
  readonly RoleName: string;
  readonly Arn: string;
  readonly RoleId?: string;
  readonly Path?: string;
  readonly CreateDate?: string;
  readonly Description?: string;
  /** Seconds, 3600 to 43200. */
  readonly MaxSessionDuration?: number;
  readonly AssumeRolePolicyDocument?: PolicyDocument;
  readonly RolePolicyList?: readonly InlinePolicy[];
  readonly AttachedManagedPolicies?: readonly AttachedPolicy[];
  readonly PermissionsBoundary?: {
    readonly PermissionsBoundaryType?: string;
    readonly PermissionsBoundaryArn?: string;
  };
  readonly RoleLastUsed?: { readonly LastUsedDate?: string; readonly Region?: string };
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** IAM's UserDetail, as GetAccountAuthorizationDetails has it. */
export interface UserDetail {
  readonly UserName: string;
  readonly Arn: string;
  readonly UserId?: string;
  readonly Path?: string;
  readonly CreateDate?: string;
  readonly UserPolicyList?: readonly InlinePolicy[];
  /** Names of the groups that the user is in. */
  readonly GroupList?: readonly string[];
  readonly AttachedManagedPolicies?: readonly AttachedPolicy[];
  readonly PermissionsBoundary?: {
    readonly PermissionsBoundaryType?: string;
    readonly PermissionsBoundaryArn?: string;
  };
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** IAM's GroupDetail. */
export interface GroupDetail {
  readonly GroupName: string;
  readonly Arn: string;
  readonly GroupId?: string;
  readonly Path?: string;
  readonly CreateDate?: string;
  readonly GroupPolicyList?: readonly InlinePolicy[];
  readonly AttachedManagedPolicies?: readonly AttachedPolicy[];
}

export interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: PolicyDocument;
}

export interface AttachedPolicy {
  readonly PolicyName: string;
  readonly PolicyArn: string;
}

export interface ManagedPolicyDetail {
  readonly Arn: string;
  readonly PolicyName: string;
  readonly PolicyId?: string;
  readonly Path?: string;
  readonly DefaultVersionId?: string;
  readonly AttachmentCount?: number;
  readonly IsAttachable?: boolean;
  readonly CreateDate?: string;
  readonly UpdateDate?: string;
  readonly PolicyVersionList?: readonly {
    readonly VersionId: string;
    readonly IsDefaultVersion?: boolean;
    readonly CreateDate?: string;
    readonly Document?: PolicyDocument;
  }[];
}

/** A raw CloudTrail record, as in a log file's `Records` or a LookupEvents `CloudTrailEvent`. */
export type CloudTrailRecord = Readonly<Record<string, unknown>>;
