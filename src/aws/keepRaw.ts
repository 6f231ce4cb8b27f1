import { UnreadableReply } from './failure.ts';

/**
 * What a client's middleware stack needs to have here, whichever generation it is of. The SDK's own types differ between
 * the two, and both say `any` for what flows through.
 */
export interface Stack {
  add(
    middleware: (next: (args: never) => Promise<Step>, context: Context) => (args: never) => Promise<Step>,
    options: { step: 'deserialize'; priority: 'low' | 'high'; name: string; override: true },
  ): void;
}

interface Step {
  readonly response: unknown;
  readonly output?: unknown;
}

interface Context {
  readonly [name: string]: unknown;
}

const raw = new WeakMap<object, Readonly<Record<string, unknown>>>();

/**
 * The JSON that an answer of Roles Anywhere was made of. The pinned client's deserialiser copies a fixed list of members
 * and so drops those that AWS added since (attributeMappings, acceptRoleSessionName, notificationSettings). Throws
 * UnreadableReply for an output that did not pass through `keepRaw`.
 */
export function rawOf(output: object): Readonly<Record<string, unknown>> {
  const value = raw.get(output);
  if (value === undefined) throw new UnreadableReply('it has no body');
  return value;
}

/**
 * Keeps the JSON of each successful answer beside the client's own output, which is left empty: the deserialiser gives up
 * a whole list for one odd item, and writes to the console about it.
 */
export function keepRaw(stack: Stack): void {
  const parsed = new WeakMap<Context, Readonly<Record<string, unknown>>>();
  stack.add(
    (next, context) => async args => {
      const step = await next(args);
      const body = successfulBody(step.response);
      if (body === undefined) return step;
      parsed.set(context, objectIn(body));
      return { ...step, response: Object.assign(Object(step.response), { body: Buffer.from('{}') }) };
    },
    { step: 'deserialize', priority: 'low', name: 'posternReadRaw', override: true },
  );
  stack.add(
    (next, context) => async args => {
      const step = await next(args);
      const value = parsed.get(context);
      if (isObject(step.output) && value !== undefined) raw.set(step.output, value);
      return step;
    },
    { step: 'deserialize', priority: 'high', name: 'posternAttachRaw', override: true },
  );
}

/**
 * Refuses a successful answer in the Query protocol that is not the operation's own XML: the client's deserialiser makes
 * an empty list of anything else, which would read as "there is nothing".
 */
export function checkXml(stack: Stack): void {
  stack.add(
    (next, context) => async args => {
      const step = await next(args);
      const body = successfulBody(step.response);
      if (body !== undefined && !isAnswerTo(String(context.commandName), body)) {
        throw new UnreadableReply('it is not the XML of this operation');
      }
      return step;
    },
    { step: 'deserialize', priority: 'low', name: 'posternCheckXml', override: true },
  );
}

/** The same for JSON protocols: the answer must be an object. */
export function checkJson(stack: Stack): void {
  stack.add(
    next => async args => {
      const step = await next(args);
      const body = successfulBody(step.response);
      if (body !== undefined) objectIn(body);
      return step;
    },
    { step: 'deserialize', priority: 'low', name: 'posternCheckJson', override: true },
  );
}

function objectIn(body: Uint8Array): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(textOf(body));
  if (!isObject(value)) throw new UnreadableReply('it is not a JSON object');
  return value;
}

function isAnswerTo(commandName: string, body: Uint8Array): boolean {
  const root = `${commandName.replace(/Command$/, '')}Response`;
  const start = textOf(body.subarray(0, 1024)).replace(/^\uFEFF?\s*(<\?xml[^>]*\?>)?\s*/, '');
  const end = textOf(body.subarray(-256)).trimEnd();
  return (
    /^[\s>/]/.test(start.slice(root.length + 1)) &&
    start.startsWith(`<${root}`) &&
    (end.endsWith(`</${root}>`) || end.endsWith('/>'))
  );
}

function successfulBody(response: unknown): Uint8Array | undefined {
  if (!isObject(response)) return undefined;
  const { statusCode, body } = response;
  const successful = typeof statusCode === 'number' && statusCode >= 200 && statusCode < 300;
  return successful && body instanceof Uint8Array ? body : undefined;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
