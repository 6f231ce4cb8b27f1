import type { Document, DocumentKind, JsonObject } from '../documents/document.ts';
import { textAt, valuesAt } from '../documents/path.ts';
import { certificateOf, isSession } from './event-words.ts';
import { fact, heading } from './facts.ts';
import type { Line } from './line.ts';
import { documentOf, type Scene } from './scene.ts';
import { absolute } from './time.ts';

/** Of a CreateSession: who came with which certificate, by which trust anchor and profile, as which role. None of other events. */
export function sessionLines(scene: Scene, { body, resource }: Document): readonly Line[] {
  if (!isSession(body)) return [];
  const named = (kind: DocumentKind, arn: string) => documentOf(scene, { ...resource, kind, id: arn })?.resource.name;
  const through = (kind: DocumentKind, label: string, path: string) =>
    textsAt(body, path).map(arn => fact(label, named(kind, arn) ?? arn));
  return [
    ...heading('The session'),
    ...textsAt(body, `${ANSWER}.credentialSet.sourceIdentity`).map(text => fact('source identity', text)),
    ...through('subject', 'subject', `${ANSWER}.subjectArn`),
    ...through('trust_anchor', 'trust anchor', `${REQUEST}.trustAnchorArn`),
    ...through('profile', 'profile', `${REQUEST}.profileArn`),
    ...textsAt(body, `${REQUEST}.roleArn`).map(arn => fact('role', arn)),
    ...textsAt(body, `${ANSWER}.credentialSet.assumedRoleUser.arn`).map(arn => fact('session', arn)),
    ...certificateLines(body),
  ];
}

const REQUEST = 'aws.cloudtrail.flattened.request_parameters';
const ANSWER = 'aws.cloudtrail.flattened.response_elements';

function textsAt(body: JsonObject, path: string): readonly string[] {
  return valuesAt(body, path).filter(value => typeof value === 'string');
}

function certificateLines(body: JsonObject): readonly Line[] {
  if (textAt(body, `${REQUEST}.cert`) === undefined) return [];
  const certificate = certificateOf(body);
  if (certificate === undefined) return [fact('certificate', 'cannot be read', 'unknown')];
  const { subject, issuer, serial, notBefore, notAfter } = certificate;
  return [
    fact('certificate', subject.text),
    fact('issuer', issuer.text),
    fact('serial', serial),
    fact('valid', `${absolute(notBefore)} to ${absolute(notAfter)}`),
  ];
}
