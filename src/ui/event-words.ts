import type { JsonObject } from '../documents/document.ts';
import { textAt, valueAt, valuesAt } from '../documents/path.ts';
import { heldCertificate } from '../documents/pki/heldCertificate.ts';
import { oncePer } from '../memo/oncePer.ts';
import { isObject } from './facts.ts';

const REQUEST = 'aws.cloudtrail.flattened.request_parameters';
const ANSWER = 'aws.cloudtrail.flattened.response_elements';

export function isSession(body: JsonObject): boolean {
  return textAt(body, 'event.action') === 'CreateSession';
}

/**
 * Who did it: of a session the subject that it was given to; else the last part of the caller's ARN, whose beginning says only
 * where from.
 */
export function actorOf(body: JsonObject): string {
  const subject = subjectOf(body);
  if (subject !== undefined) return subject;
  const arn = textAt(body, 'aws.cloudtrail.user_identity.arn');
  if (arn === undefined)
    return textAt(body, 'user.name') ?? textAt(body, 'aws.cloudtrail.user_identity.invoked_by') ?? '-';
  return arn.slice(arn.lastIndexOf(':') + 1).replace(/^(user|assumed-role)\//, '');
}

/** The same, and of a session that was refused, whose certificate was shown: slower, as that has to be read. */
export function comerOf(body: JsonObject): string {
  const actor = actorOf(body);
  return actor === '-' && isSession(body) ? (certificateOf(body)?.subject.commonNames[0] ?? '-') : actor;
}

/** The source identity that AWS gave to a session is `CN=` and the subject's common name. */
function subjectOf(body: JsonObject): string | undefined {
  const [identity] = isSession(body) ? valuesAt(body, `${ANSWER}.credentialSet.sourceIdentity`) : [];
  return typeof identity === 'string' ? identity.replace(/^CN=/, '') : undefined;
}

/** The certificate that was shown for a session; CloudTrail has it in base64. */
export const certificateOf = oncePer((body: JsonObject) => {
  const text = textAt(body, `${REQUEST}.cert`);
  return text === undefined ? undefined : heldCertificate({ x509CertificateData: text });
});

/** What the call was about: the name or id in what was asked, else the first resource that CloudTrail names. */
export function targetOf(body: JsonObject): string {
  const asked = valueAt(body, REQUEST);
  const named = isObject(asked) ? TARGETS.map(name => asked[name]) : [];
  const candidates = [...named, ...valuesAt(body, 'aws.cloudtrail.resources.arn')];
  const target = candidates.find(value => typeof value === 'string') ?? '-';
  return isRole(target) ? target.slice(target.lastIndexOf('/') + 1) : target;
}

/** Of a role the name is enough: no two of an account have the same. */
function isRole(arn: string): boolean {
  return /^arn:[a-z-]+:iam::\d*:role\//.test(arn);
}

const TARGETS = [
  'name',
  'roleName',
  'policyName',
  'roleArn',
  'trustAnchorId',
  'profileId',
  'crlId',
  'resourceArn',
  'trustAnchorArn',
];
