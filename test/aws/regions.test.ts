import { describe, expect, test } from 'vitest';
import { alwaysEnabledNear } from '../../src/aws/regionNames.ts';
import { collectedFrom } from './canned.ts';

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

describe('an answer to DescribeRegions', () => {
  const DescribeRegions = (...names: readonly string[]) =>
    `<DescribeRegionsResponse><regionInfo>${names.map(name => `<item>${name}</item>`).join('')}</regionInfo></DescribeRegionsResponse>`;
  const named = (name: string) => `<regionName>${name}</regionName>`;

  test.each([[[]], [[named('')]], [[named('../x'), named('moon')]]])(
    'that names no region (%j) is unread, and the regions that every account has are asked',
    async names => {
      const snapshot = await collectedFrom({ DescribeRegions: DescribeRegions(...names) }, { regions: [] });
      const [account] = snapshot.accounts;
      expect(account!.regions).toHaveLength(17);
      expect(account!.unread).toEqual([
        {
          operation: 'ec2:DescribeRegions',
          resource: '*',
          error: 'UnreadableReply',
          message: 'the answer could not be read: it names no region',
        },
      ]);
    },
  );

  test('that names something odd says which, and the others are asked', async () => {
    const odd = DescribeRegions(named('eu-west-1'), named('../x'), '<optInStatus>opted-in</optInStatus>');
    const snapshot = await collectedFrom({ DescribeRegions: odd }, { regions: [] });
    const [account] = snapshot.accounts;
    expect(account!.regions.map(region => region.name)).toEqual(['eu-west-1']);
    expect(account!.unread.map(({ operation, resource }) => [operation, resource])).toEqual([
      ['ec2:DescribeRegions', '(no name)'],
      ['ec2:DescribeRegions', '../x'],
    ]);
  });
});
