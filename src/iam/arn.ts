/** `arn:partition:service:region:account:resource`: what its parts say, undefined where it has none. */

/** `aws` where the text is no ARN. */
export function partitionIn(arn: string): string {
  return arn.split(':')[1] ?? 'aws';
}

export function accountIn(arn: string): string | undefined {
  return arn.split(':')[4];
}

/** The last part of the resource: a role's name without its path. */
export function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
