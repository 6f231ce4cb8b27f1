/** What a rule can be about; `postern-<kind>` in a rule's `index`, except for events, whose index is Elastic's. */
export type DocumentKind = 'trust_anchor' | 'profile' | 'crl' | 'subject' | 'role' | 'path' | 'account' | 'event';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/**
 * One fact sheet that rules and filters query.
 *
 * `body` is nested JSON in snake_case. A posture document's body is `{kind, account: {id, alias}, region, <kind>: {…},
 * unknown: […]}`, and a path's has `profile` and `role` besides; an event's body is the ECS document itself. A field whose
 * value could not be known is absent and its dotted path (or that of an object above it) stands in the body's list `unknown`;
 * a field that is absent and not listed there is known to be absent.
 */
export interface Document {
  readonly kind: DocumentKind;
  readonly resource: Resource;
  readonly body: JsonObject;
}

/** What a finding points at. `id` is an ARN, an account's number, or an event's id; `region` is `global` for IAM and accounts. */
export interface Resource {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
}
