import { spawn } from 'node:child_process'
import { constants, getPriority, setPriority } from 'node:os'
import { StepError } from '../contracts/errors.js'
import { launchCommand } from './launch.js'
import { READY_LINE } from './messages.js'

/** What came of a question to a sandbox process. All but a reply mean that the process is gone, or going. */
export type Answer =
  | { readonly kind: 'reply'; readonly line: string }
  | { readonly kind: 'late' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'died'; readonly reason: string }

/** How a question ends when the process does not answer it. */
interface AskOptions {
  /** Milliseconds until the process is killed. */
  readonly timeoutMs: number
  /** Bytes of an answer; a longer one gets the process killed. */
  readonly maxReplyBytes: number
  /** Kills the process. */
  readonly signal: AbortSignal
}

/** A child process that answers one line with one line. */
export interface SandboxProcess {
  /** Resolves when the operating system has taken it back. */
  readonly exited: Promise<void>
  isAlive(): boolean
  /** Asks one question; the next may follow after its answer. Never rejects. */
  ask(line: string, options: AskOptions): Promise<Answer>
  /** Kills it; safe to call twice. */
  end(): void
}

const START_TIMEOUT_MS = 30_000
const NEWLINE = 10
/** About a third of what the parent gets when both want all; less would let code run into its time-out on busy machines. */
const NICENESS = 5
/** Of what the process wrote to its standard error: enough to see why it died. */
const ERROR_TEXT_LENGTH = 2000

/**
 * Starts a process and waits until it can take jobs.
 *
 * @param memoryBytes what the first job will probably ask for
 * @throws StepError `bug`, retryable, when it does not start
 */
export async function startSandboxProcess(memoryBytes: number): Promise<SandboxProcess> {
  const child = spawnChild(memoryBytes)
  const process = new Conversation(child)
  const answer = await process.listen({
    timeoutMs: START_TIMEOUT_MS,
    maxReplyBytes: READY_LINE.length + 1,
    signal: new AbortController().signal,
  })
  if (answer.kind === 'reply' && answer.line.trimEnd() === READY_LINE) {
    if (child.pid !== undefined) yieldToParent(child.pid)
    return process
  }
  process.end()
  throw new StepError('bug', 'The sandbox for code did not start', {
    detail:
      'Node.js must be able to start itself, with its permission model, and to read the package @inlay/engine: a bundler has to leave it alone.',
    retryable: true,
    cause: new Error(answer.kind === 'died' ? answer.reason : `It did not report within ${START_TIMEOUT_MS} ms.`),
  })
}

type Child = ReturnType<typeof spawnChild>

function spawnChild(memoryBytes: number) {
  const { file, args, options } = launchCommand(memoryBytes)
  return spawn(file, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** Loops without an end on every core must not slow down the runs of others, which the parent executes. */
function yieldToParent(pid: number): void {
  try {
    setPriority(pid, Math.min(getPriority() + NICENESS, constants.priority.PRIORITY_LOW))
  } catch {
    // Not allowed here, or it has died already: it is then as important as others.
  }
}

class Conversation implements SandboxProcess {
  readonly exited: Promise<void>
  #isEnded = false
  #settle: ((answer: Answer) => void) | undefined
  #maxReplyBytes = 0

  constructor(private readonly child: Child) {
    const errors = keepTail(child)
    this.exited = new Promise<void>((resolve) => {
      const onGone = (reason: string): void => {
        this.#end({ kind: 'died', reason })
        resolve()
      }
      child.once('error', (error) => onGone(error.message))
      child.once('close', (code, signal) => onGone(`It ended with ${signal ?? code}. ${errors()}`))
    })
    // A process that died tells so by its end; what could not be written to it adds nothing.
    child.stdin.on('error', () => {})
    const output = createLineBuffer(() => this.#maxReplyBytes)
    child.stdout.on('data', (chunk: Buffer) => this.#hear(output.add(chunk)))
    holdParent(child, false)
  }

  isAlive(): boolean {
    return !this.#isEnded
  }

  ask(line: string, options: AskOptions): Promise<Answer> {
    const answer = this.listen(options)
    if (!this.#isEnded) this.child.stdin.write(line)
    return answer
  }

  /** Waits for the next line, which nothing was said for. */
  listen(options: AskOptions): Promise<Answer> {
    if (this.#isEnded) return Promise.resolve({ kind: 'died', reason: 'It had ended before.' })
    this.#maxReplyBytes = options.maxReplyBytes
    holdParent(this.child, true)
    return new Promise<Answer>((resolve) => {
      const onAbort = (): void => this.#end({ kind: 'aborted' })
      // Only when no answer is waiting either: this process may have been the slow one.
      const onLate = (): void => {
        setImmediate(() => this.#settle === settle && this.#end({ kind: 'late' }))
      }
      const timer = setTimeout(onLate, options.timeoutMs)
      const settle = (answer: Answer): void => {
        this.#settle = undefined
        this.#maxReplyBytes = 0
        clearTimeout(timer)
        options.signal.removeEventListener('abort', onAbort)
        if (!this.#isEnded) holdParent(this.child, false)
        resolve(answer)
      }
      this.#settle = settle
      options.signal.addEventListener('abort', onAbort, { once: true })
    })
  }

  end(): void {
    this.#end({ kind: 'aborted' })
  }

  #hear(line: string | undefined): void {
    if (line === 'too long' || (line !== undefined && this.#settle === undefined)) {
      this.#end({ kind: 'died', reason: 'It wrote more than it was asked for.' })
    } else if (line !== undefined) this.#settle?.({ kind: 'reply', line })
  }

  #end(answer: Answer): void {
    if (!this.#isEnded) {
      this.#isEnded = true
      // Its end is waited for before another takes its place.
      holdParent(this.child, true)
      this.child.kill('SIGKILL')
    }
    this.#settle?.(answer)
  }
}

/** Puts chunks together to lines; one that is longer than allowed at the time is not kept. */
function createLineBuffer(maxBytes: () => number): { add(chunk: Buffer): string | undefined } {
  let chunks: Buffer[] = []
  let length = 0
  return {
    add(chunk) {
      length += chunk.length
      if (length > maxBytes()) return 'too long'
      chunks.push(chunk)
      if (chunk.at(-1) !== NEWLINE) return undefined
      const line = Buffer.concat(chunks).toString('utf8')
      chunks = []
      length = 0
      return line
    },
  }
}

function keepTail(child: Child): () => string {
  let tail = ''
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (text: string) => {
    tail = (tail + text).slice(-ERROR_TEXT_LENGTH)
  })
  return () => tail
}

/**
 * An idle sandbox is no reason for a program to go on; one that answers or ends is. The streams count too: they close after
 * the process is gone, and only then its end is known.
 */
function holdParent(child: Child, isHeld: boolean): void {
  for (const part of [child, child.stdin, child.stdout, child.stderr]) {
    const change = Reflect.get(part, isHeld ? 'ref' : 'unref')
    if (typeof change === 'function') change.call(part)
  }
}
