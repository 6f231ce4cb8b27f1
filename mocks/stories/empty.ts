import { userActor } from '../build/actors.ts';
import { awsPolicyArn } from '../build/aws-policies.ts';
import { accountBuilder } from '../build/builder.ts';
import { directoryTrust, serviceTrust } from '../build/trust-policies.ts';
import type { Story } from '../story.ts';

const ID = '555566667777';

export const empty: Story = {
  name: 'empty',
  says: 'An account that has never used Roles Anywhere',
  tell: now => {
    const account = accountBuilder({ id: ID, alias: 'acme-sandbox', now });
    const by = userActor(ID, 'setup', { sourceIp: '198.51.100.7', userAgent: 'console.amazonaws.com' });
    account.role({
      name: 'AWSReservedSSO_Sandbox_1b2f60c7d8e94a35',
      path: '/aws-reserved/sso.amazonaws.com/',
      trust: directoryTrust(ID),
      attached: [awsPolicyArn('PowerUserAccess')],
      maxDuration: 28_800,
      by,
      at: account.daysAgo(212),
    });
    account.role({
      name: 'thumbnails-lambda',
      path: '/service-role/',
      trust: serviceTrust('lambda.amazonaws.com'),
      attached: [awsPolicyArn('AWSLambdaBasicExecutionRole')],
      by,
      at: account.daysAgo(35),
    });
    return account.done();
  },
};
