import { awsPolicyArn } from '../build/aws-policies.ts';
import type { AccountBuilder } from '../build/builder.ts';
import { policyText } from '../build/trust-policies.ts';
import { FLEET_ID } from './fleet-anchors.ts';

/**
 * Users from before the directory: some break the glass, some run what nobody dares to touch. A build server may hand any role to
 * Roles Anywhere, and a script that uploads revocation lists could take them down as well.
 */
export function fleetPeople(account: AccountBuilder): void {
  const { daysAgo } = account;
  account.group({ name: 'break-glass', attached: [awsPolicyArn('AdministratorAccess')], at: daysAgo(1390) });
  account.group({
    name: 'ci',
    inline: {
      deploy: policyText([
        {
          Effect: 'Allow',
          Action: ['rolesanywhere:List*', 'rolesanywhere:GetProfile', 'rolesanywhere:CreateProfile'],
          Resource: '*',
        },
        { Effect: 'Allow', Action: ['rolesanywhere:UpdateProfile', 'rolesanywhere:EnableProfile'], Resource: '*' },
        { Effect: 'Allow', Action: 'iam:PassRole', Resource: `arn:aws:iam::${FLEET_ID}:role/*` },
      ]),
    },
    at: daysAgo(1100),
  });
  for (const name of ['break-glass-1', 'break-glass-2'])
    account.user({ name, groups: ['break-glass'], at: daysAgo(1390) });
  account.user({ name: 'jenkins', groups: ['ci'], at: daysAgo(1095), tags: { team: 'build' } });
  account.user({
    name: 'crl-upload',
    inline: {
      crls: policyText([
        { Effect: 'Allow', Action: ['rolesanywhere:ListCrls', 'rolesanywhere:ImportCrl'], Resource: '*' },
        {
          Effect: 'Allow',
          Action: 'rolesanywhere:*Crl',
          Resource: `arn:aws:rolesanywhere:*:${FLEET_ID}:crl/*`,
        },
      ]),
    },
    at: daysAgo(845),
    tags: { team: 'security' },
  });
}
