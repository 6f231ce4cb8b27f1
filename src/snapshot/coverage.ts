/** One operation in one place: whether it was read, and how much came. */
export interface Coverage {
  readonly account: string;
  /** `global` for IAM. */
  readonly region: string;
  /** `service:Operation`. */
  readonly operation: string;
  readonly status: 'read' | 'partly read' | 'not read' | 'not asked';
  readonly items: number;
  /** What AWS said, where something was not read; empty otherwise. */
  readonly message: string;
}
