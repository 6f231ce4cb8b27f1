import type { SharedConfig } from './sharedConfig.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the user's environment and configuration files send Roles Anywhere, in the order of the SDKs and tools reference
 * guide ("Service-specific endpoints"): AWS_ENDPOINT_URL_ROLESANYWHERE, AWS_ENDPOINT_URL, the profile's `services`
 * section, the profile's `endpoint_url`. The pinned client, older than that feature, looks at none of them; the other
 * clients do it themselves. undefined: AWS's own endpoint.
 */
export function rolesAnywhereEndpoint(env: Environment, config: SharedConfig, profileName: string): string | undefined {
  const profile = config.profile(profileName);
  const ignore = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? profile?.get('ignore_configured_endpoint_urls');
  if (ignore?.toLowerCase() === 'true') return undefined;
  const services = profile?.get('services');
  const candidates = [
    env['AWS_ENDPOINT_URL_ROLESANYWHERE'],
    env['AWS_ENDPOINT_URL'],
    services === undefined ? undefined : config.service(services, 'rolesanywhere')?.get('endpoint_url'),
    profile?.get('endpoint_url'),
  ];
  return candidates.find(url => url !== undefined && url !== '');
}
