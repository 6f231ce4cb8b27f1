/** What an IAM ARN names: `arn:aws:iam::123456789012:role/path/name`. undefined: it is no such ARN. */
export function iamArn(
  arn: string,
  type: 'role' | 'policy',
): { readonly account: string; readonly name: string } | undefined {
  const [prefix, partition, service, region, account, ...rest] = arn.split(':');
  const resource = rest.join(':');
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  const wellFormed =
    prefix === 'arn' && partition !== '' && service === 'iam' && region === '' && account !== undefined;
  return wellFormed && resource.startsWith(`${type}/`) && /^[\w+=,.@-]{1,128}$/.test(name)
    ? { account, name }
    : undefined;
}
