import { expect, test } from 'vitest';
import { alwaysEnabledNear } from '../../src/aws/regions.ts';

test.each([
  [undefined, 'us-east-1'],
  ['us-west-2', 'us-east-1'],
  ['me-central-1', 'us-east-1'],
  ['mx-central-1', 'us-east-1'],
  ['us-gov-east-1', 'us-gov-west-1'],
  ['cn-northwest-1', 'cn-north-1'],
  ['eusc-de-east-1', 'eusc-de-east-1'],
  ['us-iso-east-1', 'us-iso-east-1'],
  ['us-isob-east-1', 'us-isob-east-1'],
  ['eu-isoe-west-1', 'eu-isoe-west-1'],
])('whoever names %s alone is asked for in %s', (region, start) => {
  expect(alwaysEnabledNear(region)).toBe(start);
});
