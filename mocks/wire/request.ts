/** A request as the services see it: who is asked is read from the signature's credential scope. */
export interface AwsRequest {
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly method: string;
  readonly path: string;
  /** Of the URL, or of the form in the Query protocol. */
  readonly parameters: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** `malformed` names what is wrong with the signature, `unsigned` that there is none. */
export type Signature =
  | { readonly kind: 'signed'; readonly service: string; readonly region: string; readonly accessKeyId: string }
  | { readonly kind: 'malformed'; readonly message: string }
  | { readonly kind: 'unsigned' };

/**
 * Signature Version 4: that it is there and has its parts. Its value is not recomputed, and its date is not compared
 * with a clock, because a story may be told at any time.
 */
export function signatureOf(headers: RawRequest['headers']): Signature {
  const authorization = headers.authorization;
  if (typeof authorization !== 'string') return { kind: 'unsigned' };
  const [algorithm = '', rest = ''] = splitOnce(authorization.trim(), ' ');
  if (algorithm !== 'AWS4-HMAC-SHA256') return malformed(`Unsupported signature algorithm '${algorithm}'`);
  return checkParts(partsOf(rest), headers);
}

export function awsRequest(raw: RawRequest, signature: Signature & { kind: 'signed' }): AwsRequest {
  const [path = '/', query = ''] = splitOnce(raw.url, '?');
  const isForm = String(raw.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const { service, region, accessKeyId } = signature;
  const parameters = new URLSearchParams(isForm ? raw.body : query);
  return { service, region, accessKeyId, method: raw.method, path, parameters, headers: raw.headers, body: raw.body };
}

function checkParts(parts: ReadonlyMap<string, string>, headers: RawRequest['headers']): Signature {
  for (const name of ['Credential', 'Signature', 'SignedHeaders']) {
    if (!parts.has(name)) return malformed(`Authorization header requires '${name}' parameter.`);
  }
  const scope = parts.get('Credential')!.split('/');
  const [accessKeyId = '', date = '', region = '', service = '', end = ''] = scope;
  if (scope.length !== 5 || end !== 'aws4_request' || accessKeyId === '') {
    return malformed(`Credential must have exactly 5 slash-delimited elements, got '${parts.get('Credential')}'`);
  }
  const amzDate = headers['x-amz-date'];
  if (typeof amzDate !== 'string' || !/^\d{8}T\d{6}Z$/.test(amzDate))
    return malformed('X-Amz-Date is missing or not ISO 8601 basic format');
  if (!amzDate.startsWith(date))
    return malformed(`Date in Credential scope does not match YYYYMMDD from X-Amz-Date: '${date}'`);
  if (!parts.get('SignedHeaders')!.split(';').includes('host')) return malformed("'Host' must be a signed header");
  if (!/^[0-9a-f]{64}$/.test(parts.get('Signature')!)) return malformed('Signature is not 64 hexadecimal digits');
  return { kind: 'signed', service, region, accessKeyId };
}

function partsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map(part => {
      const [name = '', value = ''] = splitOnce(part.trim(), '=');
      return [name, value];
    }),
  );
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

const malformed = (message: string): Signature => ({ kind: 'malformed', message });
