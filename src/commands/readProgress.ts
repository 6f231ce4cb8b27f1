/** How far the reading of log files has come. */
export interface HowFar {
  /** As they lie there, packed. */
  readonly bytes: number;
  /** undefined: not known, or not yet. */
  readonly totalBytes: number | undefined;
  readonly records: number;
  /** Since the reading began. */
  readonly seconds: number;
}

export interface ReadProgress {
  readonly isVisible: boolean;
  /** Draws the line, at most ten times a second. */
  show(howFar: HowFar): void;
  /** Takes the line away, so that something else can be printed; it comes again with the next `show`. */
  clear(): void;
}

const CLEAR_LINE = '\r\x1b[2K';
const EVERY_MS = 100;

/** One line on stderr, rewritten in place; nothing where stderr is no terminal. */
export function readProgressOnStderr(quiet: boolean): ReadProgress {
  if (quiet || !process.stderr.isTTY) return { isVisible: false, show() {}, clear() {} };
  let nextAt = 0;
  let isShown = false;
  return {
    isVisible: true,
    show(howFar) {
      if (performance.now() < nextAt) return;
      nextAt = performance.now() + EVERY_MS;
      const width = (process.stderr.columns || 80) - 1;
      process.stderr.write(`${CLEAR_LINE}${progressLine(howFar).slice(0, width)}`);
      isShown = true;
    },
    clear() {
      if (isShown) process.stderr.write(CLEAR_LINE);
      isShown = false;
    },
  };
}

/** `12.3 of 450.0 MB · 52,000 records/s · 1 min 20 s left` */
export function progressLine({ bytes, totalBytes, records, seconds }: HowFar): string {
  const rate = seconds > 0 ? Math.round(records / seconds) : 0;
  const parts = [`${rate.toLocaleString('en')} records/s`];
  if (totalBytes === undefined) return [`${megabytes(bytes)} MB`, ...parts].join(' · ');
  const left = bytes > 0 ? (seconds / bytes) * Math.max(totalBytes - bytes, 0) : undefined;
  if (left !== undefined) parts.push(`${duration(left)} left`);
  return [`${megabytes(bytes)} of ${megabytes(totalBytes)} MB`, ...parts].join(' · ');
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
