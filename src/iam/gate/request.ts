import { ABSENT, type Context, contextOf, known, PRESENT, UNKNOWN } from '../context.ts';
import type { Mapping } from '../session.ts';
import { factOf } from './fact.ts';

/** One of the three requests by which Roles Anywhere takes a role. */
export interface GateRequest {
  readonly action: string;
  /** aws:SourceArn. */
  readonly anchorArn: string;
  /** Of the profile; undefined: not known. */
  readonly mappings: readonly Mapping[] | undefined;
  readonly now: Date;
}

/** Whose address they are of: STS is called by the service (CloudTrail shows its name there), never by the client. */
export const NETWORK_KEYS: ReadonlySet<string> = new Set([
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
]);

/**
 * What is known of the request whatever the certificate (Roles Anywhere user guide, "Trust model", and the facts at hand).
 * A part of the certificate is unknown here where a certificate can set it, else absent.
 */
export function requestContext({ action, anchorArn, mappings, now }: GateRequest): Context {
  const account = anchorArn.split(':')[4] ?? '';
  const facts = contextOf([
    ['aws:SourceArn', known(anchorArn)],
    ['aws:SourceAccount', /^\d{12}$/.test(account) ? known(account) : UNKNOWN],
    ['aws:PrincipalIsAWSService', known('true')],
    ['aws:MultiFactorAuthPresent', ABSENT],
    ['aws:MultiFactorAuthAge', ABSENT],
    ['aws:CurrentTime', known(now.toISOString())],
    ['aws:EpochTime', known(String(Math.floor(now.getTime() / 1000)))],
    ['sts:RoleSessionName', PRESENT],
  ]);
  return key => {
    const fact = factOf(key, { mappings, action });
    if (fact === undefined) return facts(key);
    return fact.reach === 'set' || fact.reach === 'unsure' ? UNKNOWN : ABSENT;
  };
}
