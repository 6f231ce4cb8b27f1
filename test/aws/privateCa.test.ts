import { expect, test } from 'vitest';
import { endpointOf } from '../../src/aws/privateCa.ts';

test.each([
  ['eu-west-1', false, false, 'https://acm-pca.eu-west-1.amazonaws.com'],
  ['us-east-1', true, false, 'https://acm-pca-fips.us-east-1.amazonaws.com'],
  ['us-east-1', false, true, 'https://acm-pca.us-east-1.api.aws'],
  ['us-east-1', true, true, 'https://acm-pca-fips.us-east-1.api.aws'],
  ['us-gov-west-1', true, false, 'https://acm-pca.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', false, false, 'https://acm-pca.cn-north-1.amazonaws.com.cn'],
])('%s, FIPS %s, dual stack %s', (region, fips, dualStack, endpoint) => {
  expect(endpointOf({ region, fips, dualStack })).toBe(endpoint);
});
