import type { TenantId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'

/** Runs JavaScript that people wrote, away from this process: the code sees its input and nothing else of the world. */
export interface CodeRunner {
  /**
   * Runs JavaScript in a sandbox without a host: input and output are plain JSON.
   *
   * Other jobs of this runner go on whatever this one does. Nothing is kept between jobs, not even of the same tenant.
   *
   * @throws StepError `limit` when the code took too long (also a promise that never settles), too much memory or stack,
   * returned too much, or too many jobs wait; `expression` with `data: { line, column }` for a syntax error or an error
   * that the code threw; `cancelled` when the signal aborts
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
