/** `arn:partition:service:region:account:resource`: what its parts say, undefined where it has none. */

/** `aws` where the text is no ARN. */
export function partitionIn(arn: string): string {
  return arn.split(':')[1] ?? 'aws';
}

export function accountIn(arn: string): string | undefined {
  let start = 0;
  for (let colons = 0; colons < 4; colons++) {
    start = arn.indexOf(':', start) + 1;
    if (start === 0) return undefined;
  }
  const end = arn.indexOf(':', start);
  return end < 0 ? arn.slice(start) : arn.slice(start, end);
}

/** The last part of the resource: a role's name without its path. */
export function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** Of a role, by the path that AWS keeps for them; a path of one's own may hold the same words further on, colons and all. */
export function isServiceLinked(arn: string): boolean {
  return isRoleBelow(arn, 'aws-service-role/');
}

/** Roles of services and those of Identity Center. */
export function isReservedRole(arn: string): boolean {
  return isServiceLinked(arn) || isRoleBelow(arn, 'aws-reserved/');
}

function isRoleBelow(arn: string, path: string): boolean {
  return arn.split(':', 6)[5]?.startsWith(`role/${path}`) === true;
}
