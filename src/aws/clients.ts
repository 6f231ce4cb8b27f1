import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { RolesAnywhereClient } from '@aws-sdk/client-rolesanywhere';
import { STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { checkedEndpoint, configuredEndpoint, type EndpointSettings, type Service } from './endpoint.ts';
import { httpHandler } from './http.ts';
import { checkJson, checkXml, keepRaw } from './keepRaw.ts';
import { type PrivateCa, privateCa } from './privateCa.ts';
import { alwaysEnabledNear, configuredRegion } from './regionNames.ts';
import { checkProfile, readSharedConfig } from './sharedConfig.ts';

/** The SDK's clients of one collection. Each tries once: `caller.ts` paces and retries. */
export interface Clients {
  /** Where AWS is asked who we are: the configured region, else one that every account of the partition has enabled. */
  readonly startRegion: string;
  /** Whether the user or the environment chose `startRegion`. */
  readonly regionConfigured: boolean;
  sts(): STSClient;
  /** `region` only decides the partition. */
  iam(region: string): IAMClient;
  ec2(region: string): Promise<EC2Client>;
  rolesAnywhere(region: string): RolesAnywhereClient;
  cloudTrail(region: string): CloudTrailClient;
  privateCa(): PrivateCa;
  /** Closes all connections. */
  close(): void;
}

export interface ClientSettings {
  readonly profile: string | undefined;
  readonly endpoint: string | undefined;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly regions: readonly string[];
  /** Milliseconds for one attempt. */
  readonly attemptTimeout: number;
  readonly signal: AbortSignal | undefined;
}

/** Throws UserError when the named AWS profile, the endpoint or the configured region is not one. */
export async function connect(settings: ClientSettings): Promise<Clients> {
  const env = process.env;
  const config = await readSharedConfig(env);
  const profileName = settings.profile ?? env.AWS_PROFILE ?? 'default';
  if (settings.credentials === undefined) checkProfile(settings.profile, config);
  const endpoints = endpointsFor(settings.endpoint, { env, config, profile: profileName });
  const configured = configuredRegion(env, config, profileName);
  const startRegion = configured || alwaysEnabledNear(settings.regions[0]);
  const requestHandler = httpHandler({ timeout: settings.attemptTimeout, signal: settings.signal });
  const credentials = settings.credentials ?? chain(settings.profile, startRegion);
  const profile = settings.profile === undefined ? {} : { profile: settings.profile };
  const modern = { requestHandler, credentials, maxAttempts: 1, ...profile };
  return {
    startRegion,
    regionConfigured: Boolean(configured),
    sts: () => withXmlCheck(new STSClient({ ...modern, ...endpoints.sts, region: startRegion })),
    iam: region => withXmlCheck(new IAMClient({ ...modern, ...endpoints.iam, region })),
    ec2: async region => {
      const { EC2Client } = await import('./ec2.ts');
      return withXmlCheck(new EC2Client({ ...modern, ...endpoints.ec2, region }));
    },
    cloudTrail: region => {
      const client = new CloudTrailClient({ ...modern, ...endpoints.cloudtrail, region });
      checkJson(client.middlewareStack);
      return client;
    },
    rolesAnywhere: oncePerRegion(region => {
      const client = new RolesAnywhereClient({
        requestHandler,
        credentials,
        region,
        // This client makes one attempt more than it is told.
        maxAttempts: 0,
        ...endpoints.rolesanywhere,
      });
      keepRaw(client.middlewareStack);
      return client;
    }),
    privateCa: () =>
      privateCa({
        requestHandler,
        credentials,
        endpoint: endpoints.acm_pca.endpoint,
        profile: settings.profile,
      }),
    close: () => requestHandler.destroy(),
  };
}

/** Five collectors share a region's client: making one takes longer than using it. */
function oncePerRegion<C>(make: (region: string) => C): (region: string) => C {
  const made = new Map<string, C>();
  return region => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}

function withXmlCheck<C extends STSClient | IAMClient | EC2Client>(client: C): C {
  checkXml(client.middlewareStack);
  return client;
}

/** The modern chain for the old client too. It is asked once and remembers: each client would ask again otherwise. */
function chain(profile: string | undefined, region: string) {
  return fromNodeProviderChain({ ...(profile === undefined ? {} : { profile }), clientConfig: { region } });
}

type Endpoints = Readonly<Record<Exclude<Service, 's3'>, { readonly endpoint?: string }>>;

/** One endpoint for all, or where each service is configured to go; AWS's own when there is none. */
function endpointsFor(given: string | undefined, settings: EndpointSettings): Endpoints {
  const endpointOf = (service: Service) => {
    if (given !== undefined) return { endpoint: checkedEndpoint(given, '--endpoint') };
    const endpoint = configuredEndpoint(service, settings);
    return endpoint === undefined ? {} : { endpoint };
  };
  return {
    sts: endpointOf('sts'),
    iam: endpointOf('iam'),
    ec2: endpointOf('ec2'),
    cloudtrail: endpointOf('cloudtrail'),
    rolesanywhere: endpointOf('rolesanywhere'),
    acm_pca: endpointOf('acm_pca'),
  };
}
