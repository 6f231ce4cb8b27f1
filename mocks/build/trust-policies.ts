/** Trust policies of roles, as JSON text. */

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export const RA_ACTIONS = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];

/** Lets Roles Anywhere in, on conditions if there are any. */
export function rolesAnywhereTrust(conditions?: Conditions): string {
  return policyText([rolesAnywhereStatement(conditions)]);
}

export function rolesAnywhereStatement(conditions?: Conditions, actions: readonly string[] = RA_ACTIONS): object {
  return {
    Effect: 'Allow',
    Principal: { Service: 'rolesanywhere.amazonaws.com' },
    Action: actions,
    ...(conditions !== undefined && { Condition: conditions }),
  };
}

export function serviceTrust(host: string): string {
  return policyText([{ Effect: 'Allow', Principal: { Service: host }, Action: 'sts:AssumeRole' }]);
}

/** AWS IAM Identity Center's roles: people who sign in through the company's directory. */
export function directoryTrust(account: string): string {
  const provider = `arn:aws:iam::${account}:saml-provider/AWSSSO_7a1b2c3d4e5f6071_DO_NOT_DELETE`;
  const Condition = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } };
  return policyText([
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition,
    },
  ]);
}

/** Exactly these subjects of exactly this trust anchor. */
export function onlyFrom(anchorArn: string, commonName: string | readonly string[]): Conditions {
  return { ArnEquals: { 'aws:SourceArn': anchorArn }, StringEquals: { 'aws:PrincipalTag/x509Subject/CN': commonName } };
}

export function policyText(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
