/**
 * Something the user can do something about: what happened (`message`), where (`where`: a file and line, a flag, a
 * JSON path) and what to try (`hint`). Whatever else is thrown is a bug of Postern's and is shown as one.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  readonly where: string | undefined;
  readonly hint: string | undefined;

  constructor(message: string, about: { where?: string; hint?: string; cause?: unknown } = {}) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.where = about.where;
    this.hint = about.hint;
  }
}
