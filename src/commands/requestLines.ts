import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { UserError } from '../errors.ts';
import { nearest } from '../query/vocabulary.ts';
import { type CheckedRequest, checkedRequest } from './requestCheck.ts';

/** A line of a file of requests, read, or what is wrong with it and where. */
export type RequestLine = (CheckedRequest & { readonly line: number }) | BadLine;

export interface BadLine {
  readonly error: string;
  /** From 1 on. */
  readonly line: number;
  /** The member that is wrong: `context.aws:SourceIp`. Undefined: the line as a whole. */
  readonly member: string | undefined;
}

const Text = v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String));

const Written = v.strictObject({
  profile: v.string(),
  role: v.string(),
  action: v.string(),
  resource: v.string(),
  context: v.optional(v.record(v.string(), v.nullable(v.union([Text, v.array(Text)]))), {}),
  complete: v.optional(v.boolean(), false),
});

const MEMBERS = Object.keys(Written.entries);

/** One for each line that is not blank. `-` is stdin. Throws UserError when the file cannot be read. */
export async function* requestLines(file: string): AsyncIterable<RequestLine> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    if (text.trim() !== '') yield requestLine(text, line);
  }
}

export function requestLine(text: string, line: number): RequestLine {
  const json = jsonIn(text);
  if (json === undefined) return { error: 'not JSON', line, member: undefined };
  const written = v.safeParse(Written, json);
  if (!written.success) return { ...whatIsWrong(written.issues[0]), line };
  try {
    return { ...checkedRequest(written.output), line };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { error: sentence(error), line, member: error.where?.replace(' ', '.') };
  }
}

function whatIsWrong(issue: v.InferIssue<typeof Written>): Omit<BadLine, 'line'> {
  const member = v.getDotPath(issue) ?? undefined;
  if (member === undefined) return { error: 'not a request: an object is wanted', member };
  if (issue.type !== 'strict_object') return { error: `${member}: ${issue.message}`, member };
  if (MEMBERS.includes(member)) return { error: `${member} is missing`, member };
  const [guess] = nearest(member, MEMBERS);
  return {
    error: `${member} is no member of a request${guess === undefined ? '' : `: did you mean ${guess}?`}`,
    member,
  };
}

function sentence({ message, hint }: UserError): string {
  return hint === undefined ? message : `${message}. ${hint}`;
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // What is not JSON is no request, and the answer says so.
    return undefined;
  }
}

async function* linesOf(file: string): AsyncIterable<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw new UserError(`cannot read ${file}: ${cause instanceof Error ? cause.message : cause}`, {
      where: file,
      cause,
    });
  }
}
