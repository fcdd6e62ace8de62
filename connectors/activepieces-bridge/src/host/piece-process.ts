import { spawn } from 'node:child_process'
import { type JsonValue, StepError } from '@inlay/sdk/connector'
import {
  type CheckedQuestion,
  childMessageSchema,
  type DoorAnswer,
  type PieceCall,
  type PieceFailure,
} from '../protocol.js'
import { launchCommand } from './launch.js'
import type { InstalledPiece } from './piece-package.js'

/** What a process may take. */
export interface ProcessLimits {
  /** Of its JavaScript heap. */
  readonly heapMegabytes: number
  /** Of one message, either way. */
  readonly maxMessageBytes: number
  /** Milliseconds from its start until it takes calls. */
  readonly startTimeoutMs: number
}

/** What a call is given besides itself. */
export interface CallOptions {
  /** Milliseconds until the process is killed. */
  readonly timeoutMs: number
  /** Kills the process. */
  readonly signal: AbortSignal
  /** Answers what the piece asks for. Never rejects. */
  answer(question: CheckedQuestion): Promise<DoorAnswer>
  /** Is told what the piece prints. */
  onLog(text: string): void
}

/** What came of a call. After all but `done` and `failed` the process is gone. */
export type CallOutcome =
  | { readonly kind: 'done'; readonly value: JsonValue }
  | { readonly kind: 'failed'; readonly failure: PieceFailure }
  | { readonly kind: 'late' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'died'; readonly reason: string }

/** A confined process with one piece, which does one call at a time. */
export interface PieceProcess {
  isAlive(): boolean
  /** Never rejects. */
  call(call: PieceCall, options: CallOptions): Promise<CallOutcome>
  /** Kills it; resolves when it is gone. Safe to call twice. */
  end(): Promise<void>
}

type Listener = Partial<Pick<CallOptions, 'answer' | 'onLog'>> & { settle(outcome: CallOutcome | 'ready'): void }

type WaitOptions = Pick<CallOptions, 'timeoutMs' | 'signal'> & Partial<CallOptions>

const ERROR_TEXT_LENGTH = 2000
const NEWLINE = 10

/**
 * Starts a process and waits until its piece is loaded.
 *
 * @throws StepError `bug` when it does not start
 */
export async function startPieceProcess(piece: InstalledPiece, limits: ProcessLimits): Promise<PieceProcess> {
  const process = new Conversation(piece, limits)
  const outcome = await process.wait({ timeoutMs: limits.startTimeoutMs, signal: new AbortController().signal })
  if (outcome === 'ready') return process
  await process.end()
  const reason = typeof outcome === 'object' && outcome.kind === 'died' ? outcome.reason : 'It did not report in time.'
  throw new StepError('bug', `The piece ${piece.name}@${piece.version} did not load`, { detail: reason })
}

/** One conversation: what is waited for, and by whom. */
class Conversation implements PieceProcess {
  readonly #child: ReturnType<typeof spawnChild>
  readonly #maxMessageBytes: number
  readonly #gone: Promise<void>
  #isEnded = false
  #listener: Listener | undefined

  constructor(piece: InstalledPiece, { heapMegabytes, maxMessageBytes }: ProcessLimits) {
    const child = spawnChild(piece, heapMegabytes)
    this.#child = child
    this.#maxMessageBytes = maxMessageBytes
    const errors = keepTail(child.stderr)
    this.#gone = new Promise<void>((resolve) => {
      const onGone = (reason: string): void => {
        this.#end({ kind: 'died', reason })
        resolve()
      }
      child.once('error', (error) => onGone(error.message))
      child.once('close', (code, signal) => onGone(`It ended with ${signal ?? code}. ${errors()}`.trim()))
    })
    // A process that died tells so by its end; what could not be written to it adds nothing.
    child.stdin.on('error', () => {})
    readLines(child.stdout, maxMessageBytes, (line) => this.#hear(line))
  }

  isAlive(): boolean {
    return !this.#isEnded
  }

  async call(call: PieceCall, options: CallOptions): Promise<CallOutcome> {
    const outcome = this.wait(options)
    this.#send({ kind: 'call', call })
    const settled = await outcome
    return settled === 'ready' ? { kind: 'died', reason: 'It reported twice.' } : settled
  }

  end(): Promise<void> {
    this.#end({ kind: 'aborted' })
    return this.#gone
  }

  /** Waits until it says that it is ready, or what came of a call. */
  wait(options: WaitOptions): Promise<CallOutcome | 'ready'> {
    if (this.#isEnded) return Promise.resolve<CallOutcome>({ kind: 'died', reason: 'It had ended before.' })
    return new Promise((resolve) => {
      const onAbort = (): void => this.#end({ kind: 'aborted' })
      const timer = setTimeout(() => this.#end({ kind: 'late' }), options.timeoutMs)
      const settle = (outcome: CallOutcome | 'ready'): void => {
        this.#listener = undefined
        clearTimeout(timer)
        options.signal.removeEventListener('abort', onAbort)
        resolve(outcome)
      }
      this.#listener = { ...options, settle }
      options.signal.addEventListener('abort', onAbort, { once: true })
      if (options.signal.aborted) onAbort()
    })
  }

  #hear(line: string | undefined): void {
    const current = this.#listener
    const reply = (answer: object): void => {
      // An answer to a call that is over must not reach the next one.
      if (this.#listener === current) this.#send(answer)
    }
    const isFine = line !== undefined && current !== undefined && take(line, current, reply)
    if (!isFine) this.#end({ kind: 'died', reason: 'It wrote what it was not asked for, or too much.' })
  }

  #send(message: object): void {
    const line = `${JSON.stringify(message)}\n`
    if (line.length > this.#maxMessageBytes) this.#end({ kind: 'died', reason: 'A message to it was too long.' })
    else if (!this.#isEnded) this.#child.stdin.write(line)
  }

  #end(outcome: CallOutcome): void {
    this.#isEnded = true
    this.#child.kill('SIGKILL')
    this.#listener?.settle(outcome)
  }
}

function spawnChild(piece: InstalledPiece, heapMegabytes: number) {
  const { file, args, cwd } = launchCommand(piece, heapMegabytes)
  return spawn(file, args, { cwd, env: {}, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true })
}

/** Whether a line is one that this process may write now. */
function take(line: string, { settle, onLog, answer }: Listener, reply: (message: object) => void): boolean {
  const parsed = childMessageSchema.safeParse(parseJson(line))
  if (!parsed.success) return false
  const message = parsed.data
  if (message.kind === 'ready') settle('ready')
  else if (message.kind === 'log') onLog?.(message.text)
  else if (message.kind !== 'ask') settle(message)
  else {
    const { number, question } = message
    void answer?.(question).then((given) => reply({ kind: 'answer', number, answer: given }))
  }
  return true
}

function keepTail(stream: NodeJS.ReadableStream): () => string {
  let tail = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    tail = (tail + text).slice(-ERROR_TEXT_LENGTH)
  })
  return () => tail
}

/** @param onLine is given undefined when a line is too long */
function readLines(stream: NodeJS.ReadableStream, maxBytes: number, onLine: (line: string | undefined) => void): void {
  let received: Buffer[] = []
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    let rest = chunk
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
      onLine(Buffer.concat([...received, rest.subarray(0, at)]).toString('utf8'))
      received = []
      length = 0
      rest = rest.subarray(at + 1)
    }
    received.push(rest)
    length += rest.length
    if (length > maxBytes) onLine(undefined)
  })
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
