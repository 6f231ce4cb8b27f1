import type * as data from '../account.ts';
import type { Fault } from '../faults.ts';
import type { Certificate } from '../pki/authority.ts';
import { commonName, nameText } from '../pki/name.ts';
import { type Actor, serviceActor } from './actors.ts';
import { idFrom, uuidFrom } from './ids.ts';
import { HIDDEN_TAGS, type RecordRequest, recordFrom } from './records.ts';
import { regionsOf } from './regions.ts';

export interface AccountRequest {
  readonly id: string;
  readonly alias?: string;
  readonly now: Date;
  readonly optedIn?: readonly string[];
  readonly limits?: 'aws' | 'none';
}

export interface AnchorRequest {
  readonly name: string;
  /** The certificates of the bundle, or the ARN of a private CA of AWS's. */
  readonly source: readonly Certificate[] | string;
  readonly by: Actor;
  readonly at: Date;
  readonly updatedAt?: Date;
  readonly enabled?: boolean;
  readonly tags?: Tags;
  readonly notifications?: readonly data.NotificationSetting[];
}

export interface PrivateCaRequest {
  readonly region: string;
  /** The last part of its ARN. */
  readonly id: string;
  /** Whose certificate it has; none yet when absent. */
  readonly certificate?: Certificate;
  /** From its issuer up; none for a root. */
  readonly chain?: readonly Certificate[];
  readonly at: Date;
  /** ACTIVE with a certificate and PENDING_CERTIFICATE without one, when absent. */
  readonly status?: data.PrivateCa['status'];
  /** The account that shares it; this one when absent. */
  readonly owner?: string;
}

export interface ProfileRequest {
  readonly name: string;
  readonly roles: readonly string[];
  readonly by: Actor;
  readonly at: Date;
  readonly updatedAt?: Date;
  readonly enabled?: boolean;
  readonly sessionPolicy?: string;
  readonly managedPolicies?: readonly string[];
  /** Seconds; 3600 when absent. */
  readonly duration?: number;
  readonly acceptRoleSessionName?: boolean;
  readonly requireInstanceProperties?: boolean;
  readonly mappings?: readonly data.AttributeMapping[];
  readonly tags?: Tags;
}

export interface RoleRequest {
  readonly name: string;
  readonly trust: string;
  readonly by: Actor;
  readonly at: Date;
  readonly path?: string;
  readonly description?: string;
  readonly attached?: readonly string[];
  readonly inline?: Readonly<Record<string, string>>;
  readonly boundary?: string;
  /** Seconds; 3600 when absent. */
  readonly maxDuration?: number;
  readonly lastUsed?: { readonly at: Date; readonly region: string };
  readonly tags?: Tags;
}

export interface HolderRequest {
  readonly name: string;
  readonly at: Date;
  readonly attached?: readonly string[];
  readonly inline?: Readonly<Record<string, string>>;
}

export interface UserRequest extends HolderRequest {
  /** Names. */
  readonly groups?: readonly string[];
  readonly boundary?: string;
  readonly tags?: Tags;
}

export interface CrlRequest {
  readonly name: string;
  readonly anchor: data.TrustAnchor;
  readonly der: Buffer;
  readonly by: Actor;
  readonly at: Date;
  readonly updatedAt?: Date;
  readonly enabled?: boolean;
}

export interface SubjectRequest {
  /** The holder's certificates, newest last; made when they are asked for. */
  readonly certificates: () => readonly Certificate[];
  readonly name: Certificate['subject'];
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly enabled?: boolean;
  readonly failed?: boolean;
  readonly tags?: Tags;
}

export interface SessionRequest {
  readonly anchor: data.TrustAnchor;
  readonly profile: data.Profile;
  readonly role: string;
  readonly certificate: Certificate;
  readonly at: Date;
  readonly sourceIp: string;
  readonly userAgent?: string;
}

export type Tags = Readonly<Record<string, string>>;
export type AccountBuilder = ReturnType<typeof accountBuilder>;

/** What Roles Anywhere sets on a new profile. */
export const DEFAULT_MAPPINGS: readonly data.AttributeMapping[] = [
  { certificateField: 'x509Issuer', mappingRules: [{ specifier: '*' }] },
  { certificateField: 'x509SAN', mappingRules: [{ specifier: 'DNS' }, { specifier: 'URI' }, { specifier: 'Name/*' }] },
  { certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] },
];

/** What Roles Anywhere sets on a new trust anchor. */
export const DEFAULT_NOTIFICATIONS: readonly data.NotificationSetting[] = (
  ['CA_CERTIFICATE_EXPIRY', 'END_ENTITY_CERTIFICATE_EXPIRY'] as const
).map(event => ({ enabled: true, event, threshold: 45, channel: 'ALL', configuredBy: 'rolesanywhere.amazonaws.com' }));

/**
 * Collects what a story tells and gives it out as an account. Whatever is created leaves its CloudTrail record, as it
 * would in AWS; LookupEvents decides which of them are still to be had.
 */
export function accountBuilder(request: AccountRequest) {
  const { id, now } = request;
  const trustAnchors = new Map<string, data.TrustAnchor[]>();
  const profiles = new Map<string, data.Profile[]>();
  const crls = new Map<string, data.Crl[]>();
  const subjects = new Map<string, data.Subject[]>();
  const events = new Map<string, data.CloudTrailRecord[]>();
  const tags = new Map<string, { key: string; value: string }[]>();
  const privateCas = new Map<string, data.PrivateCa>();
  const users: data.User[] = [];
  const groups: data.Group[] = [];
  const roles: data.Role[] = [];
  const policies: data.Policy[] = [];
  const faults: Fault[] = [];

  const taken = new Set<string>();
  const arnOf = (region: string, kind: string, seed: string): string => {
    const arn = `arn:aws:rolesanywhere:${region}:${id}:${kind}/${uuidFrom(`${id}/${region}/${kind}/${seed}`)}`;
    if (!taken.has(arn)) return arn;
    return arnOf(region, kind, `${seed}'`);
  };
  const newArn = (region: string, kind: string, seed: string): string => {
    const arn = arnOf(region, kind, seed);
    taken.add(arn);
    return arn;
  };
  const tag = (arn: string, given: Tags | undefined): void => {
    if (given !== undefined)
      tags.set(
        arn,
        Object.entries(given).map(([key, value]) => ({ key, value })),
      );
  };
  const event = (asked: RecordRequest): void => add(events, asked.region, recordFrom(id, asked));

  function trustAnchor(region: string, asked: AnchorRequest): data.TrustAnchor {
    const arn = newArn(region, 'trust-anchor', asked.name);
    const times = timesOf(asked);
    const anchor: data.TrustAnchor = {
      trustAnchorId: idOf(arn),
      trustAnchorArn: arn,
      name: asked.name,
      enabled: asked.enabled ?? true,
      source: sourceOf(asked.source),
      ...times,
      notificationSettings: asked.notifications ?? DEFAULT_NOTIFICATIONS,
    };
    add(trustAnchors, region, anchor);
    tag(arn, asked.tags);
    const { name, source } = anchor;
    const created = {
      ...anchor,
      enabled: true,
      updatedAt: times.createdAt,
      notificationSettings: DEFAULT_NOTIFICATIONS,
    };
    event({
      region,
      at: asked.at,
      service: 'rolesanywhere',
      name: 'CreateTrustAnchor',
      by: asked.by,
      request: { name, source, enabled: true, ...hidden(asked.tags) },
      response: { trustAnchor: created },
    });
    return anchor;
  }

  /** A CA of AWS Private CA, by its ARN. It leaves no record: what acm-pca logs is not looked at. */
  function privateCa(asked: PrivateCaRequest): string {
    const { certificate, chain = [], owner = id } = asked;
    const arn = `arn:aws:acm-pca:${asked.region}:${owner}:certificate-authority/${asked.id}`;
    privateCas.set(arn, {
      arn,
      owner,
      status: asked.status ?? (certificate === undefined ? 'PENDING_CERTIFICATE' : 'ACTIVE'),
      type: chain.length === 0 ? 'ROOT' : 'SUBORDINATE',
      createdAt: stamp(asked.at),
      valid: certificate && { from: stamp(certificate.notBefore), to: stamp(certificate.notAfter) },
      certificate: certificate?.pem.trimEnd(),
      chain: chain.length === 0 ? undefined : chain.map(({ pem }) => pem.trimEnd()).join('\n'),
    });
    return arn;
  }

  function profile(region: string, asked: ProfileRequest): data.Profile {
    const arn = newArn(region, 'profile', asked.name);
    const { sessionPolicy, managedPolicies, mappings = DEFAULT_MAPPINGS } = asked;
    const times = timesOf(asked);
    const parts = {
      name: asked.name,
      roleArns: asked.roles,
      durationSeconds: asked.duration ?? 3600,
      ...(sessionPolicy !== undefined && { sessionPolicy }),
      ...(managedPolicies !== undefined && { managedPolicyArns: managedPolicies }),
    };
    const made: data.Profile = {
      profileId: idOf(arn),
      profileArn: arn,
      ...parts,
      enabled: asked.enabled ?? true,
      createdBy: asked.by.arn,
      requireInstanceProperties: asked.requireInstanceProperties ?? false,
      acceptRoleSessionName: asked.acceptRoleSessionName ?? false,
      attributeMappings: mappings,
      ...times,
    };
    add(profiles, region, made);
    tag(arn, asked.tags);
    const created = { ...made, enabled: true, updatedAt: times.createdAt, attributeMappings: DEFAULT_MAPPINGS };
    event({
      region,
      at: asked.at,
      service: 'rolesanywhere',
      name: 'CreateProfile',
      by: asked.by,
      request: { ...parts, enabled: true, ...hidden(asked.tags) },
      response: { profile: created },
    });
    return made;
  }

  function crl(region: string, asked: CrlRequest): data.Crl {
    const arn = newArn(region, 'crl', asked.name);
    const { name, der, anchor } = asked;
    const crlData = der.toString('base64');
    const trustAnchorArn = anchor.trustAnchorArn;
    const made = {
      crlId: idOf(arn),
      crlArn: arn,
      name,
      enabled: asked.enabled ?? true,
      crlData,
      trustAnchorArn,
      ...timesOf(asked),
    };
    add(crls, region, made);
    event({
      region,
      at: asked.at,
      service: 'rolesanywhere',
      name: 'ImportCrl',
      by: asked.by,
      request: { name, enabled: true, crlData, trustAnchorArn },
      response: { crl: made },
    });
    return made;
  }

  function subject(region: string, asked: SubjectRequest): void {
    const text = nameText(asked.name);
    const arn = arnOf(region, 'subject', text);
    const summary = {
      subjectArn: arn,
      subjectId: idOf(arn),
      enabled: asked.enabled ?? true,
      x509Subject: text,
      lastSeenAt: stamp(asked.lastSeen),
      createdAt: stamp(asked.firstSeen),
      updatedAt: stamp(asked.lastSeen),
    };
    tag(arn, asked.tags);
    add(subjects, region, {
      summary,
      credentials: () => asked.certificates().map(certificate => credentialOf(certificate, asked)),
    });
  }

  function role(asked: RoleRequest): string {
    const path = asked.path ?? '/';
    const arn = `arn:aws:iam::${id}:role${path}${asked.name}`;
    roles.push({
      name: asked.name,
      id: idFrom('AROA', arn),
      arn,
      path,
      description: asked.description,
      createdAt: stamp(asked.at),
      trustPolicy: asked.trust,
      maxSessionDuration: asked.maxDuration ?? 3600,
      inline: Object.entries(asked.inline ?? {}).map(([name, document]) => ({ name, document })),
      attached: asked.attached ?? [],
      boundary: asked.boundary,
      lastUsed: asked.lastUsed && { at: stamp(asked.lastUsed.at), region: asked.lastUsed.region },
      tags: Object.entries(asked.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    });
    const parameters = {
      roleName: asked.name,
      path,
      assumeRolePolicyDocument: asked.trust,
      maxSessionDuration: asked.maxDuration ?? 3600,
    };
    event({
      region: 'us-east-1',
      at: asked.at,
      service: 'iam',
      name: 'CreateRole',
      by: asked.by,
      request: parameters,
      response: { role: { roleName: asked.name, arn, path, roleId: idFrom('AROA', arn) } },
    });
    return arn;
  }

  function policy(asked: { name: string; document: string; at: Date; path?: string; description?: string }): string {
    const path = asked.path ?? '/';
    const arn = `arn:aws:iam::${id}:policy${path}${asked.name}`;
    const createdAt = stamp(asked.at);
    const versions = [{ id: 'v1', createdAt, document: asked.document }];
    policies.push({
      name: asked.name,
      id: idFrom('ANPA', arn),
      arn,
      path,
      description: asked.description,
      createdAt,
      updatedAt: createdAt,
      defaultVersion: 'v1',
      versions,
    });
    return arn;
  }

  function user(asked: UserRequest): string {
    const arn = `arn:aws:iam::${id}:user/${asked.name}`;
    users.push({
      ...holder('AIDA', arn, asked),
      groups: asked.groups ?? [],
      boundary: asked.boundary,
      tags: Object.entries(asked.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    });
    return arn;
  }

  function group(asked: HolderRequest): string {
    const arn = `arn:aws:iam::${id}:group/${asked.name}`;
    groups.push(holder('AGPA', arn, asked));
    return arn;
  }

  /** A certificate's holder got credentials: CreateSession, and the AssumeRole that Roles Anywhere makes of it. */
  function session(region: string, asked: SessionRequest): void {
    const { anchor, profile: used, certificate } = asked;
    const sourceIdentity = `CN=${commonName(certificate.subject) ?? ''}`;
    const assumed = {
      arn: `arn:aws:sts::${id}:assumed-role/${asked.role.split('/').at(-1)}/${certificate.serial}`,
      assumedRoleId: `${idFrom('AROA', asked.role)}:${certificate.serial}`,
    };
    const subjectArn = arnOf(region, 'subject', nameText(certificate.subject));
    const identity = { type: 'Unknown', principalId: '', arn: '', accountId: id };
    const by = {
      arn: subjectArn,
      identity,
      sourceIp: asked.sourceIp,
      userAgent: asked.userAgent ?? 'CredHelper/1.4.0 (go1.23.4; linux; amd64)',
    };
    const parameters = {
      cert: certificate.der.toString('base64'),
      durationSeconds: used.durationSeconds,
      profileArn: used.profileArn,
      roleArn: asked.role,
      trustAnchorArn: anchor.trustAnchorArn,
    };
    event({
      region,
      at: asked.at,
      service: 'rolesanywhere',
      name: 'CreateSession',
      by,
      request: parameters,
      response: {
        credentialSet: [{ assumedRoleUser: assumed, roleArn: asked.role, sourceIdentity, packedPolicySize: 9 }],
        subjectArn,
      },
    });
    event({
      region,
      at: asked.at,
      service: 'sts',
      name: 'AssumeRole',
      readOnly: true,
      by: serviceActor('rolesanywhere.amazonaws.com'),
      request: {
        roleArn: asked.role,
        roleSessionName: certificate.serial,
        sourceIdentity,
        durationSeconds: used.durationSeconds,
      },
      response: { assumedRoleUser: assumed, sourceIdentity },
    });
  }

  function done(): data.Account {
    const caller = {
      arn: `arn:aws:sts::${id}:assumed-role/SecurityAudit/postern`,
      userId: `${idFrom('AROA', `${id}/SecurityAudit`)}:postern`,
    };
    const credentials = {
      accessKeyId: idFrom('AKIA', `${id}/postern`),
      secretAccessKey: `pretend/${uuidFrom(id)}/aws`,
    };
    const limits = request.limits ?? 'none';
    return {
      id,
      alias: request.alias,
      credentials,
      caller,
      regions: regionsOf(request.optedIn),
      trustAnchors,
      profiles,
      crls,
      subjects,
      tags,
      privateCas,
      users,
      groups,
      roles,
      policies,
      events,
      faults,
      limits,
    };
  }

  const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY - odd(days));
  const daysAhead = (days: number): Date => new Date(now.getTime() + days * DAY);
  return {
    id,
    daysAgo,
    daysAhead,
    trustAnchor,
    privateCa,
    profile,
    crl,
    subject,
    role,
    policy,
    user,
    group,
    session,
    event,
    fault: (fault: Fault) => void faults.push(fault),
    done,
  };
}

const DAY = 86_400_000;

/** Whole days are in the past by some more hours, so that not everything happened at the same time of day. */
function odd(days: number): number {
  return Number.isInteger(days) && days > 1 ? ((days * 7919) % 20_011) * 1000 + ((days * 137) % 1000) : 0;
}

function add<Item>(all: Map<string, Item[]>, region: string, item: Item): void {
  const items = all.get(region);
  if (items === undefined) all.set(region, [item]);
  else items.push(item);
}

function holder(prefix: string, arn: string, { name, at, attached = [], inline = {} }: HolderRequest): data.Group {
  return {
    name,
    id: idFrom(prefix, arn),
    arn,
    path: '/',
    createdAt: stamp(at),
    inline: Object.entries(inline).map(([policy, document]) => ({ name: policy, document })),
    attached,
  };
}

function sourceOf(source: AnchorRequest['source']): data.TrustAnchor['source'] {
  if (typeof source === 'string') return { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: source } };
  return {
    sourceType: 'CERTIFICATE_BUNDLE',
    sourceData: { x509CertificateData: source.map(({ pem }) => pem).join('') },
  };
}

function credentialOf(certificate: Certificate, { lastSeen, enabled, failed }: SubjectRequest): data.SubjectCredential {
  return {
    seenAt: stamp(lastSeen),
    serialNumber: BigInt(`0x${certificate.serial}`).toString(),
    issuer: nameText(certificate.issuer),
    enabled: enabled ?? true,
    x509CertificateData: certificate.pem,
    failed: failed ?? false,
  };
}

function timesOf({ at, updatedAt }: { readonly at: Date; readonly updatedAt?: Date }): {
  createdAt: string;
  updatedAt: string;
} {
  return { createdAt: stamp(at), updatedAt: stamp(updatedAt ?? at) };
}

const hidden = (tags: Tags | undefined): object => (tags === undefined ? {} : { tags: HIDDEN_TAGS });
const idOf = (arn: string): string => arn.split('/').at(-1)!;

/** Roles Anywhere writes times with six or nine digits after the second. */
const stamp = (at: Date): string => `${at.toISOString().slice(0, 23)}${String(at.getTime() % 997).padStart(3, '0')}Z`;
