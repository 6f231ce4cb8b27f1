import { UserError } from '../errors.ts';
import type { SharedConfig } from './sharedConfig.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type Service = 'sts' | 'iam' | 'ec2' | 'cloudtrail' | 'rolesanywhere' | 'acm_pca' | 's3';

/**
 * Where the user's environment and configuration files send a service, in the order of the SDKs and tools reference guide
 * ("Service-specific endpoints"): AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's `services` section, the
 * profile's `endpoint_url`. The SDK's own lookup is not enough: the pinned Roles Anywhere client is older than the
 * feature, and the others read the files only for AWS_PROFILE, not for a profile named in code. undefined: AWS's own
 * endpoint. Throws UserError for one that is no URL.
 */
export function configuredEndpoint(
  service: Service,
  { env, config, profile: name }: EndpointSettings,
): string | undefined {
  const profile = config.profile(name);
  const ignore = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? profile?.get('ignore_configured_endpoint_urls');
  if (ignore?.toLowerCase() === 'true') return undefined;
  const services = profile?.get('services');
  const candidates = [
    env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`],
    env.AWS_ENDPOINT_URL,
    services === undefined ? undefined : config.service(services, service)?.get('endpoint_url'),
    profile?.get('endpoint_url'),
  ];
  const found = candidates.find(url => url !== undefined && url !== '');
  return found === undefined ? undefined : checkedEndpoint(found, 'AWS_ENDPOINT_URL or endpoint_url');
}

/** Throws UserError for what is no URL of HTTP or HTTPS; `where` says who named it. */
export function checkedEndpoint(url: string, where: string): string {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'http:' || protocol === 'https:') return url;
  throw new UserError(`"${url}" is not an endpoint`, { where, hint: 'an endpoint looks like https://host:port' });
}

export interface EndpointSettings {
  readonly env: Environment;
  readonly config: SharedConfig;
  /** Name of the AWS profile. */
  readonly profile: string;
}
