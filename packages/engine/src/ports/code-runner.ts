import type { TenantId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'

/** Runs JavaScript that people wrote, away from this process: the code sees its input and nothing else of the world. */
export interface CodeRunner {
  /**
   * Runs JavaScript in a sandbox without a host: input and output are plain JSON.
   *
   * Other jobs of this runner go on whatever this one does. Nothing is kept between jobs, not even of the same tenant.
   *
   * Errors hold `data`: `line` and `column` of the source where they are known, `console` with the last lines that the code
   * wrote, and for `limit` errors `limit`: `time`, `memory`, `stack`, `output`, `depth` (of the output), `unsettled` (a
   * promise that never settles), `sandbox` (its process ended) or `queue` (too many jobs wait; may be tried again).
   *
   * @throws StepError `limit` when the code took more than it may; `expression` for a syntax error, for what the code threw,
   * and for an output that is no JSON; `cancelled` when the signal aborts; `validation` for a limit out of its range; `bug`,
   * retryable, when no sandbox can be started
   */
  run(job: CodeJob): Promise<CodeResult>
}

/** One execution of one text of code. */
export interface CodeJob {
  /** Whose code it is: a sandbox process never serves two tenants. */
  readonly tenantId: TenantId
  /** The body of an async function with `input` in scope; what it returns is the output. */
  readonly source: string
  readonly input: JsonValue
  /** Milliseconds from the moment the code starts; waiting for a free process does not count. @default 5000 */
  readonly timeoutMs?: number
  /** Bytes that the code may have allocated at once. @default 67108864 (64 MiB) */
  readonly memoryBytes?: number
  /** Bytes of the output as JSON text. @default 1048576 (1 MiB) */
  readonly maxOutputBytes?: number
  /** Ends the job at once, whether it waits or runs. */
  readonly signal?: AbortSignal
}

/** What the code returned, and what it wrote to the console. */
export interface CodeResult {
  /** What the code returned; null when it returned nothing. */
  readonly output: JsonValue
  /** What the code wrote, in order; bounded in lines and bytes, and the last line says so when there was more. */
  readonly console: readonly ConsoleLine[]
}

/** One call of `console.log` and its siblings. */
export interface ConsoleLine {
  readonly level: 'log' | 'info' | 'warn' | 'error'
  readonly text: string
}
