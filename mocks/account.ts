import type { Fault } from './faults.ts';

/** A pretend account as plain data: what the services answer from. Times are ISO 8601. */
export interface Account {
  readonly id: string;
  readonly alias: string | undefined;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Whose access key that is. */
  readonly caller: { readonly arn: string; readonly userId: string };
  readonly regions: readonly Region[];
  readonly trustAnchors: Regional<TrustAnchor>;
  readonly profiles: Regional<Profile>;
  readonly crls: Regional<Crl>;
  readonly subjects: Regional<Subject>;
  /** By ARN. */
  readonly tags: ReadonlyMap<string, readonly { readonly key: string; readonly value: string }[]>;
  /** Certificate authorities of AWS Private CA, this account's or shared with it, by ARN. */
  readonly privateCas: ReadonlyMap<string, PrivateCa>;
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly roles: readonly Role[];
  /** The account's own policies; AWS's are in `build/aws-policies.ts`. */
  readonly policies: readonly Policy[];
  /** CloudTrail records by region, in no particular order. */
  readonly events: Regional<CloudTrailRecord>;
  /** Faults that belong to the story. */
  readonly faults: readonly Fault[];
  readonly limits: 'aws' | 'none';
}

export type Regional<Item> = ReadonlyMap<string, readonly Item[]>;

export interface Region {
  readonly name: string;
  readonly optIn: 'opt-in-not-required' | 'opted-in' | 'not-opted-in';
}

/** As in the service model's TrustAnchorDetail. */
export interface TrustAnchor {
  readonly trustAnchorId: string;
  readonly trustAnchorArn: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly source: {
    readonly sourceType: 'AWS_ACM_PCA' | 'CERTIFICATE_BUNDLE' | 'SELF_SIGNED_REPOSITORY';
    readonly sourceData: { readonly x509CertificateData: string } | { readonly acmPcaArn: string };
  };
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly notificationSettings: readonly NotificationSetting[];
}

export interface NotificationSetting {
  readonly enabled: boolean;
  readonly event: 'CA_CERTIFICATE_EXPIRY' | 'END_ENTITY_CERTIFICATE_EXPIRY';
  readonly threshold: number;
  readonly channel: 'ALL';
  readonly configuredBy: string;
}

/** As in the service model's ProfileDetail. */
export interface Profile {
  readonly profileId: string;
  readonly profileArn: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly roleArns: readonly string[];
  readonly managedPolicyArns?: readonly string[];
  readonly sessionPolicy?: string;
  readonly durationSeconds: number;
  readonly requireInstanceProperties: boolean;
  readonly acceptRoleSessionName: boolean;
  readonly attributeMappings: readonly AttributeMapping[];
}

export interface AttributeMapping {
  readonly certificateField: 'x509Subject' | 'x509Issuer' | 'x509SAN';
  readonly mappingRules: readonly { readonly specifier: string }[];
}

/** As in the service model's CrlDetail; `crlData` is base64 of DER. */
export interface Crl {
  readonly crlId: string;
  readonly crlArn: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly crlData: string;
  readonly trustAnchorArn: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** ListSubjects gives the summary; GetSubject adds the credentials, whose certificates are made when asked for. */
export interface Subject {
  readonly summary: SubjectSummary;
  readonly credentials: () => readonly SubjectCredential[];
}

export interface SubjectSummary {
  readonly subjectArn: string;
  readonly subjectId: string;
  readonly enabled: boolean;
  readonly x509Subject: string;
  readonly lastSeenAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface SubjectCredential {
  readonly seenAt: string;
  readonly serialNumber: string;
  readonly issuer: string;
  readonly enabled: boolean;
  readonly x509CertificateData: string;
  readonly failed: boolean;
}

export interface PrivateCa {
  readonly arn: string;
  /** Account id. */
  readonly owner: string;
  readonly status: 'CREATING' | 'PENDING_CERTIFICATE' | 'ACTIVE' | 'DISABLED' | 'EXPIRED' | 'DELETED' | 'FAILED';
  readonly type: 'ROOT' | 'SUBORDINATE';
  readonly createdAt: string;
  readonly valid: { readonly from: string; readonly to: string } | undefined;
  /** PEM. */
  readonly certificate: string | undefined;
  readonly chain: string | undefined;
}

export interface User {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAt: string;
  readonly inline: readonly InlinePolicy[];
  /** ARNs. */
  readonly attached: readonly string[];
  /** Names of its groups. */
  readonly groups: readonly string[];
  readonly boundary: string | undefined;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
}

export interface Group {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAt: string;
  readonly inline: readonly InlinePolicy[];
  /** ARNs. */
  readonly attached: readonly string[];
}

export interface Role {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly createdAt: string;
  /** JSON text. */
  readonly trustPolicy: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  readonly inline: readonly InlinePolicy[];
  /** ARNs. */
  readonly attached: readonly string[];
  readonly boundary: string | undefined;
  readonly lastUsed: { readonly at: string; readonly region: string } | undefined;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
}

export interface InlinePolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
}

export interface Policy {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly defaultVersion: string;
  /** Newest first. */
  readonly versions: readonly PolicyVersion[];
}

export interface PolicyVersion {
  readonly id: string;
  readonly createdAt: string;
  /** JSON text. */
  readonly document: string;
}

export interface CloudTrailRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly readOnly: boolean;
  readonly [member: string]: unknown;
}

/** An account that has not opted in to a region cannot call anything there. */
export function isEnabled(account: Account, region: string): boolean {
  return account.regions.some(({ name, optIn }) => name === region && optIn !== 'not-opted-in');
}
