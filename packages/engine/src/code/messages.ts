import { z } from 'zod'

/** What bounds every job of a process alike. */
export const SANDBOX_LIMITS = {
  /** Of QuickJS's own stack; the stack of the process is reached later in most programs. */
  stackBytes: 256 * 1024,
  /** What one job may write to the console; the rest is dropped. */
  maxConsoleLines: 200,
  maxConsoleLineLength: 4096,
  maxConsoleLength: 32_768,
  /** What is kept of an error that the code threw. */
  maxNameLength: 100,
  maxMessageLength: 1000,
} as const

/** @see SANDBOX_LIMITS */
export type SandboxLimits = Readonly<Record<keyof typeof SANDBOX_LIMITS, number>>

/** What the runner asks a sandbox process to do: one line of JSON on its standard input. */
export interface SandboxRequest {
  readonly source: string
  /** JSON text, so that nothing but the sandbox builds values from it. */
  readonly input: string
  readonly timeoutMs: number
  readonly memoryBytes: number
  readonly maxOutputBytes: number
}

const position = { line: z.number().int().min(1).optional(), column: z.number().int().min(1).optional() }

// One more line and one more character than the limits: those that say that something was dropped.
const consoleLines = z
  .array(
    z.object({
      level: z.enum(['log', 'info', 'warn', 'error']),
      text: z.string().max(SANDBOX_LIMITS.maxConsoleLineLength + 1),
    }),
  )
  .max(SANDBOX_LIMITS.maxConsoleLines + 1)

/** What a sandbox process answers. It is parsed as strictly as a stranger's: the process may have been taken over. */
export const sandboxReply = z.discriminatedUnion('state', [
  z.object({ state: z.literal('returned'), output: z.string(), console: consoleLines }),
  z.object({
    state: z.literal('failed'),
    /** Whether the text is no JavaScript, the code threw, or what it returned cannot be kept as JSON. */
    during: z.enum(['syntax', 'code', 'output']),
    name: z.string().max(SANDBOX_LIMITS.maxNameLength),
    message: z.string().max(SANDBOX_LIMITS.maxMessageLength),
    ...position,
    console: consoleLines,
  }),
  z.object({
    state: z.literal('limit'),
    limit: z.enum(['time', 'memory', 'stack', 'output', 'unsettled']),
    ...position,
    console: consoleLines,
  }),
])

/** @see sandboxReply */
export type SandboxReply = z.infer<typeof sandboxReply>

/** The first line that a sandbox process writes, once it can take jobs. */
export const READY_LINE = '{"state":"ready"}'
