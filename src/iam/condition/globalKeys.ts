import { VALUE_TESTS } from './test.ts';

/** What the value of a global condition key is, where it is not any text: named by an operator that reads it. */
type Reading = 'IpAddress' | 'DateEquals' | 'NumericEquals' | 'Bool';

/**
 * IAM user guide, "Global condition keys" (2026-09). Keys that end in a slash go on with the name of a tag; the name of a key
 * does not care for case.
 */
const GLOBAL_KEYS: ReadonlyMap<string, Reading | undefined> = new Map([
  ...textKeys(
    'AssumedRoot CalledVia CalledViaFirst CalledViaLast ChatbotSourceArn Ec2InstanceSourceVpc FederatedProvider',
    'PrincipalAccount PrincipalArn PrincipalOrgID PrincipalOrgPaths PrincipalServiceName PrincipalServiceNamesList',
    'PrincipalTag/ PrincipalType referer RequestedRegion RequestTag/ ResourceAccount ResourceOrgID ResourceOrgPaths',
    'ResourceTag/ SourceAccount SourceArn SourceIdentity SourceOrgID SourceOrgPaths SourceOwner SourceVpc SourceVpcArn',
    'SourceVpce TagKeys UserAgent userid username VpceAccount VpceOrgID VpceOrgPaths',
  ),
  ...keysReadBy('Bool', 'IsMcpServiceAction MultiFactorAuthPresent PrincipalIsAWSService SecureTransport'),
  ...keysReadBy('Bool', 'ViaAWSMCPService ViaAWSService'),
  ...keysReadBy('DateEquals', 'CurrentTime EpochTime TokenIssueTime'),
  ...keysReadBy('IpAddress', 'Ec2InstanceSourcePrivateIPv4 SourceIp VpcSourceIp'),
  ...keysReadBy('NumericEquals', 'MultiFactorAuthAge'),
]);

function textKeys(...names: readonly string[]): readonly (readonly [string, undefined])[] {
  return names.flatMap(each => each.split(' ')).map(name => [`aws:${name}`, undefined]);
}

function keysReadBy(reading: Reading, names: string): readonly (readonly [string, Reading])[] {
  return names.split(' ').map(name => [`aws:${name}`, reading]);
}

export const GLOBAL_KEY_NAMES: readonly string[] = [...GLOBAL_KEYS.keys()].sort();

const BY_LOWER_NAME = new Map([...GLOBAL_KEYS].map(([name, reading]) => [name.toLowerCase(), reading]));

/** Whether AWS documents a global key of that name, whatever its case. */
export function isGlobalKey(key: string): boolean {
  return BY_LOWER_NAME.has(key.slice(0, key.indexOf('/') + 1 || undefined).toLowerCase());
}

const WANTED: Readonly<Record<Reading, string>> = {
  IpAddress: 'an IP address',
  DateEquals: 'a time (ISO 8601, or seconds since 1970)',
  NumericEquals: 'a number',
  Bool: 'true or false',
};

/** What the value of the key would have to be, where it is not that: `an IP address`. */
export function misreadAs(key: string, value: string): string | undefined {
  const reading = BY_LOWER_NAME.get(key.toLowerCase());
  if (reading === undefined || VALUE_TESTS[reading](value, { text: value, glob: { tokens: [], text: '' } }))
    return undefined;
  return WANTED[reading];
}
