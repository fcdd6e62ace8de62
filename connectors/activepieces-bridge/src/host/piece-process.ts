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
  const process = createProcess(piece, limits)
  const outcome = await process.wait({ timeoutMs: limits.startTimeoutMs, signal: new AbortController().signal })
  if (outcome === 'ready') return process
  await process.end()
  const reason = typeof outcome === 'object' && outcome.kind === 'died' ? outcome.reason : 'It did not report in time.'
  throw new StepError('bug', `The piece ${piece.name}@${piece.version} did not load`, { detail: reason })
}

/** One conversation: what is waited for, and by whom. */
function createProcess(piece: InstalledPiece, limits: ProcessLimits) {
  const { file, args, cwd } = launchCommand(piece, limits.heapMegabytes)
  const child = spawn(file, args, { cwd, env: {}, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true })
  const errors = keepTail(child.stderr)
  let isEnded = false
  let listener: Listener | undefined

  const end = (outcome: CallOutcome): void => {
    isEnded = true
    child.kill('SIGKILL')
    listener?.settle(outcome)
  }
  const gone = new Promise<void>((resolve) => {
    const onGone = (reason: string): void => {
      end({ kind: 'died', reason })
      resolve()
    }
    child.once('error', (error) => onGone(error.message))
    child.once('close', (code, signal) => onGone(`It ended with ${signal ?? code}. ${errors()}`.trim()))
  })
  // A process that died tells so by its end; what could not be written to it adds nothing.
  child.stdin.on('error', () => {})
  const send = (message: object): void => {
    const line = `${JSON.stringify(message)}\n`
    if (line.length > limits.maxMessageBytes) end({ kind: 'died', reason: 'A message to it was too long.' })
    else if (!isEnded) child.stdin.write(line)
  }
  readLines(child.stdout, limits.maxMessageBytes, (line) => {
    const current = listener
    const reply = (answer: object): void => {
      // An answer to a call that is over must not reach the next one.
      if (listener === current) send(answer)
    }
    const isFine = line !== undefined && current !== undefined && take(line, current, reply)
    if (!isFine) end({ kind: 'died', reason: 'It wrote what it was not asked for, or too much.' })
  })

  const wait = (options: WaitOptions): Promise<CallOutcome | 'ready'> => {
    if (isEnded) return Promise.resolve<CallOutcome>({ kind: 'died', reason: 'It had ended before.' })
    return new Promise((resolve) => {
      const onAbort = (): void => end({ kind: 'aborted' })
      const timer = setTimeout(() => end({ kind: 'late' }), options.timeoutMs)
      const settle = (outcome: CallOutcome | 'ready'): void => {
        listener = undefined
        clearTimeout(timer)
        options.signal.removeEventListener('abort', onAbort)
        resolve(outcome)
      }
      listener = { ...options, settle }
      options.signal.addEventListener('abort', onAbort, { once: true })
      if (options.signal.aborted) onAbort()
    })
  }
  return {
    wait,
    isAlive: () => !isEnded,
    async call(call: PieceCall, options: CallOptions): Promise<CallOutcome> {
      const outcome = wait(options)
      send({ kind: 'call', call })
      const settled = await outcome
      return settled === 'ready' ? { kind: 'died', reason: 'It reported twice.' } : settled
    },
    end: () => {
      end({ kind: 'aborted' })
      return gone
    },
  }
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
