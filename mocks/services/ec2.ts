import type { Region } from '../account.ts';
import { commonRefusal } from '../wire/refusal.ts';
import { xmlDocument } from '../wire/xml.ts';
import type { Asked, Service } from './service.ts';

const NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';

export const ec2: Service = {
  protocol: 'ec2',
  operationOf: ({ parameters }) => ({ name: parameters.get('Action') ?? '' }),
  limitOf: () => undefined,
  answer: asked => {
    if (asked.operation.name !== 'DescribeRegions')
      throw commonRefusal('ec2', 'AccessDenied', 'You are not authorized to perform this operation.');
    const content = { requestId: asked.requestId, regionInfo: regionsFor(asked).map(regionXml) };
    const body = xmlDocument('DescribeRegionsResponse', content, { namespace: NAMESPACE, listItem: 'item' });
    return { status: 200, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body };
  },
};

/** Regions that are not opted in come only with AllRegions (EC2's DescribeRegions). */
function regionsFor({ account, request: { parameters } }: Asked): readonly Region[] {
  const isAll = parameters.get('AllRegions') === 'true';
  const names = valuesOf(parameters, 'RegionName');
  const filters = filtersOf(parameters);
  return account.regions
    .filter(({ optIn }) => isAll || optIn !== 'not-opted-in')
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .filter(region => filters.every(([name, values]) => values.includes(filterValue(region, name))));
}

function filtersOf(parameters: URLSearchParams): readonly (readonly [name: string, values: readonly string[]])[] {
  const filters: (readonly [string, readonly string[]])[] = [];
  for (let n = 1; parameters.has(`Filter.${n}.Name`); n++) {
    filters.push([parameters.get(`Filter.${n}.Name`)!, valuesOf(parameters, `Filter.${n}.Value`)]);
  }
  return filters;
}

function filterValue(region: Region, filter: string): string {
  if (filter === 'opt-in-status') return region.optIn;
  if (filter === 'region-name') return region.name;
  return filter === 'endpoint' ? endpointOf(region) : '';
}

function valuesOf(parameters: URLSearchParams, prefix: string): readonly string[] {
  const values: string[] = [];
  for (let n = 1; parameters.has(`${prefix}.${n}`); n++) values.push(parameters.get(`${prefix}.${n}`)!);
  return values;
}

const regionXml = (region: Region) => ({
  regionName: region.name,
  regionEndpoint: endpointOf(region),
  optInStatus: region.optIn,
});
const endpointOf = ({ name }: Region): string => `ec2.${name}.amazonaws.com`;
