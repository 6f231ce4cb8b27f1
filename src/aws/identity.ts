import { type IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { UserError } from '../errors.ts';
import type { Caller } from './caller.ts';
import type { Clients } from './clients.ts';
import {
  CallFailure,
  CREDENTIALS_ABSENT,
  CREDENTIALS_EXPIRED,
  CREDENTIALS_REFUSED,
  misconfigured,
  UnreadableReply,
} from './failure.ts';
import { iam, type Operation } from './operation.ts';
import type { Place } from './place.ts';

const WHO: Operation = { name: 'sts:GetCallerIdentity', family: 'STS', perSecond: undefined };
const ALIASES = iam('ListAccountAliases');

export const identityOperations = [WHO, ALIASES];

export interface Identity {
  readonly account: string;
  /** Of the caller. */
  readonly arn: string;
  /** `aws`, `aws-us-gov`, `aws-cn`, … */
  readonly partition: string;
}

/** Who we are to AWS. Throws UserError when it will not say: then nothing else can be read either. */
export async function readIdentity(caller: Caller, clients: Clients, profile: string | undefined): Promise<Identity> {
  const client = clients.sts();
  try {
    return await caller({
      operation: WHO,
      region: 'global',
      send: async () => {
        const { Account: account = '', Arn: arn = '' } = await client.send(new GetCallerIdentityCommand({}));
        const partition = arn.split(':')[1] ?? '';
        if (!/^\d{12}$/.test(account) || partition === '') throw new UnreadableReply('it names no account');
        return { account, arn, partition };
      },
    });
  } catch (error) {
    throw error instanceof CallFailure ? refusal(error, clients, profile) : misconfigured(error);
  }
}

/** The account's alias, if it has one. */
export async function readAlias(place: Place, client: IAMClient): Promise<string | undefined> {
  const send = () => client.send(new ListAccountAliasesCommand({}));
  const read = await place.attempt({ operation: ALIASES, resource: '*', send });
  return read.kind === 'read' ? read.answer.AccountAliases?.[0] : undefined;
}

const NETWORK = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNRESET',
  'TimeoutError',
]);

function refusal(
  failure: CallFailure,
  { startRegion, regionConfigured }: Clients,
  profile: string | undefined,
): UserError {
  const { code, message } = failure;
  const where = profile === undefined ? undefined : `AWS profile "${profile}"`;
  const error = (what: string, hint: string) =>
    new UserError(what, { hint, cause: failure, ...(where === undefined ? {} : { where }) });
  if (CREDENTIALS_ABSENT.has(code)) {
    return error(
      `no AWS credentials: ${message}`,
      'sign in (aws sso login), set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile; --demo needs none',
    );
  }
  if (CREDENTIALS_EXPIRED.has(code)) {
    return error(
      `the AWS credentials have expired: ${message}`,
      'sign in again (aws sso login) or renew the session token',
    );
  }
  if (CREDENTIALS_REFUSED.has(code)) {
    const region = regionConfigured
      ? `, and that the region ${startRegion} is enabled for the account`
      : '; outside the commercial partition set AWS_REGION, too';
    return error(
      `AWS does not accept these credentials (${code}): ${message}`,
      `check the access key and its secret${region}`,
    );
  }
  if (NETWORK.has(code)) {
    return error(
      `AWS cannot be reached in ${startRegion} (${code}): ${message}`,
      'check the network, a proxy, AWS_REGION, and AWS_ENDPOINT_URL or endpoint_url if one is set',
    );
  }
  return error(
    `AWS did not say whose credentials these are (${code}): ${message}`,
    'try again; sts:GetCallerIdentity needs no permission',
  );
}
