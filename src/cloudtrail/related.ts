import { isIP } from 'node:net';
import { at, type Json, listAt, nonEmptyList, textAt } from './record.ts';

/** An address that Elasticsearch would index as `ip`; undefined for service names, `AWS Internal`, lists, zones. */
export function ipAddress(text: string | undefined): string | undefined {
  return text !== undefined && isIP(text) !== 0 && !text.includes('%') ? text : undefined;
}

/**
 * related.hosts: foreign host names, the computer's name, EC2 instance ids. `record` and its `tls` details after
 * `withoutEmpty`; `resources` in ECS form.
 */
export function relatedHosts(
  tls: Json | undefined,
  record: Json | undefined,
  resources: readonly Json[],
): Json[] | undefined {
  return unique([
    foreignHost(textAt(tls, 'clientProvidedHostHeader')),
    sourceHost(textAt(record, 'sourceIPAddress')),
    textAt(record, 'requestParameters', 'computerName'),
    ...resources.map(resource => instanceOfArn(textAt(resource, 'arn'))),
    ...instanceIds(at(record, 'requestParameters')),
    ...instanceIds(at(record, 'responseElements')),
  ]);
}

/** The texts that are there, each once, in order; undefined when there is none. */
export function unique(texts: readonly (string | undefined)[]): Json[] | undefined {
  return nonEmptyList([...new Set(texts)]);
}

function foreignHost(host: string | undefined): string | undefined {
  return host?.endsWith('.amazonaws.com') ? undefined : host;
}

function sourceHost(address: string | undefined): string | undefined {
  if (address === undefined || ipAddress(address) !== undefined) return undefined;
  return address.includes('.') && !address.includes(' ') ? foreignHost(address) : undefined;
}

function instanceOfArn(arn: string | undefined): string | undefined {
  return arn?.includes(':instance/') ? instanceId(arn.slice(arn.lastIndexOf('/') + 1)) : undefined;
}

function instanceIds(container: Json | undefined): (string | undefined)[] {
  return [
    ...['instanceId', 'target', 'resourceId'].map(key => instanceId(at(container, key))),
    ...listAt(container, 'instanceIds').map(instanceId),
    ...listAt(container, 'instancesSet', 'items').map(item => instanceId(at(item, 'instanceId'))),
  ];
}

function instanceId(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.length >= 10 && value.startsWith('i-') ? value : undefined;
}
