import { idFrom } from './ids.ts';

/** Who called, from where: what CloudTrail writes down about it. */
export interface Actor {
  readonly arn: string;
  /** CloudTrail's userIdentity. */
  readonly identity: Readonly<Record<string, unknown>>;
  readonly sourceIp: string;
  readonly userAgent: string;
}

export interface From {
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** An IAM user with an access key. */
export function userActor(account: string, name: string, from: From): Actor {
  const arn = `arn:aws:iam::${account}:user/${name}`;
  const principalId = idFrom('AIDA', arn);
  const accessKeyId = idFrom('AKIA', arn);
  const identity = { type: 'IAMUser', principalId, arn, accountId: account, accessKeyId, userName: name };
  return { arn, identity, ...from };
}

/** A session of a role. */
export function sessionActor(
  account: string,
  role: { readonly arn: string; readonly session: string },
  from: From & { readonly mfa?: boolean },
): Actor {
  const name = role.arn.split('/').at(-1)!;
  const principalId = idFrom('AROA', role.arn);
  const arn = `arn:aws:sts::${account}:assumed-role/${name}/${role.session}`;
  const sessionIssuer = { type: 'Role', principalId, arn: role.arn, accountId: account, userName: name };
  const attributes = { mfaAuthenticated: String(from.mfa ?? false) };
  const identity = {
    type: 'AssumedRole',
    principalId: `${principalId}:${role.session}`,
    arn,
    accountId: account,
    accessKeyId: idFrom('ASIA', arn),
    sessionContext: { sessionIssuer, webIdFederationData: {}, attributes },
  };
  return { arn, identity, sourceIp: from.sourceIp, userAgent: from.userAgent };
}

/** A service of AWS's. */
export function serviceActor(host: string): Actor {
  return { arn: host, identity: { type: 'AWSService', invokedBy: host }, sourceIp: host, userAgent: host };
}
