import { isInlayError, type JsonValue, responseError, StepError } from '@inlay/sdk/connector'
import { answerQuestion, type Doors } from './doors.js'
import type { PieceHost } from './host/piece-host.js'
import type { InstalledPiece } from './host/piece-package.js'
import type { CallOutcome } from './host/piece-process.js'
import type { PieceCall, PieceFailure } from './protocol.js'

/** A piece, and where it runs. */
export interface RunnablePiece {
  readonly piece: InstalledPiece
  readonly host: PieceHost
  /** As people call it. */
  readonly name: string
}

/** Whose call it is: see `HostCall.owner`. */
export type CallDoors = Doors & { readonly owner: string }

/**
 * Calls a piece.
 *
 * @throws StepError what went wrong at a door; of the kind of the service's answer; `timeout`, `cancelled`; `limit` when the
 * process died; `bug` for what is wrong in the piece's code; `rejected` for everything else that it throws
 */
export async function callPiece(runnable: RunnablePiece, call: PieceCall, doors: CallDoors): Promise<JsonValue> {
  const { host, piece, name } = runnable
  const { owner, signal = new AbortController().signal, log } = doors
  let doorError: unknown
  const outcome = await host.call(piece, call, {
    owner,
    signal,
    onLog: (text) => log?.info(text),
    answer: (question) =>
      answerQuestion(question, { ...doors, signal }, (error) => {
        doorError = error
      }),
  })
  if (outcome.kind === 'done') return outcome.value
  throw toStepError(name, outcome, doorError)
}

function toStepError(name: string, outcome: Exclude<CallOutcome, { kind: 'done' }>, doorError: unknown): Error {
  switch (outcome.kind) {
    case 'failed':
      return failureError(name, outcome.failure, doorError)
    case 'late':
      return new StepError('timeout', `${name} did not finish in time`, { detail: 'Its process was ended.' })
    case 'aborted':
      return new StepError('cancelled', `${name} was ended before it was done`)
    case 'died':
      return new StepError('limit', `The process of ${name} ended`, { detail: outcome.reason.slice(0, 500) })
  }
}

const CODE_FAULTS = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError']

function failureError(name: string, failure: PieceFailure, doorError: unknown): Error {
  const { type, message, status, body = message, retryAfter } = failure
  if (status !== undefined) {
    const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
    const bytes = Buffer.from(body)
    return responseError(name, { status, headers, text: body, bytes, json: () => body })
  }
  // Clients of HTTP put their own words around what a door said.
  if (isInlayError(doorError)) return doorError
  const kind = CODE_FAULTS.includes(type) && doorError === undefined ? 'bug' : 'rejected'
  return new StepError(kind, `${name} failed: ${message.slice(0, 300)}`)
}
