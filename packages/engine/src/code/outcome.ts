import { StepError } from '../contracts/errors.js'
import type { JsonObject } from '../contracts/json.js'
import { toPlainJson } from '../contracts/plain-json.js'
import type { CodeResult } from '../ports/code-runner.js'
import { type SandboxReply, type SandboxRequest, sandboxReply } from './messages.js'
import type { Answer } from './sandbox-process.js'

type Failed = Extract<SandboxReply, { state: 'failed' }>
type Limited = Extract<SandboxReply, { state: 'limit' }>

/** An error is kept in the history of its run: the last lines tell how far the code came. */
const CONSOLE_LINES_IN_ERRORS = 20

/** What people reach for first that a sandbox has not got, and what to use instead. */
const ABSENT: Readonly<Record<string, string>> = {
  fetch: 'Code has no network: call the service in a step before, and give its result as input.',
  XMLHttpRequest: 'Code has no network: call the service in a step before, and give its result as input.',
  require: 'Code cannot load modules: it has the built-ins of JavaScript only.',
  module: 'Code cannot load modules; return the result instead.',
  process: 'Code sees nothing of the server, not even its environment: give what it needs as input.',
  Buffer: 'Buffer is of Node.js; code has Uint8Array, atob and btoa.',
  setTimeout: 'Code has no timers: use a wait step.',
  setInterval: 'Code has no timers: use a wait step.',
  $input: 'The input is in the variable `input`.',
  items: 'The input is in the variable `input`.',
}

/**
 * What the caller of the runner gets for what a sandbox process answered.
 *
 * @throws StepError `limit`, `expression` or `cancelled`
 */
export function resultOf(answer: Answer, request: SandboxRequest): CodeResult {
  switch (answer.kind) {
    case 'reply':
      return resultOfReply(parseReply(answer.line), request)
    case 'late':
      throw limitReached({ state: 'limit', limit: 'time', console: [] }, request)
    case 'aborted':
      throw new StepError('cancelled', 'The code was cancelled')
    case 'died':
      throw crashed(new Error(answer.reason))
  }
}

function parseReply(line: string): SandboxReply {
  try {
    return sandboxReply.parse(JSON.parse(line))
  } catch (cause) {
    throw crashed(cause)
  }
}

function resultOfReply(reply: SandboxReply, request: SandboxRequest): CodeResult {
  switch (reply.state) {
    case 'returned':
      if (Buffer.byteLength(reply.output) > request.maxOutputBytes) {
        throw limitReached({ state: 'limit', limit: 'output', console: reply.console }, request)
      }
      return { output: parseOutput(reply.output), console: reply.console }
    case 'failed':
      throw failed(reply)
    case 'limit':
      throw limitReached(reply, request)
  }
}

function parseOutput(text: string): CodeResult['output'] {
  let output: unknown
  try {
    output = JSON.parse(text)
  } catch (cause) {
    throw crashed(cause)
  }
  try {
    // The size was checked as text; this is about depth, and about names that are dangerous to copy.
    return toPlainJson(output, { maxBytes: Number.POSITIVE_INFINITY, name: 'output of the code' })
  } catch (cause) {
    throw tooDeep(cause)
  }
}

function failed(reply: Failed): StepError {
  const error = reply.name === '' ? reply.message : `${reply.name}: ${reply.message}`
  const titles: Record<Failed['during'], string> = {
    syntax: `The code is not valid JavaScript: ${reply.message}`,
    code: `The code threw ${error}`,
    output: `The code returned what JSON cannot hold: ${reply.message}`,
  }
  const absent = reply.name === 'ReferenceError' ? /^'?([\w$]+)'? is not defined$/.exec(reply.message)?.[1] : undefined
  const hint = absent !== undefined && Object.hasOwn(ABSENT, absent) ? ABSENT[absent] : undefined
  const detail = [placeOf(reply), hint].filter((text) => text !== undefined).join(' ')
  return new StepError('expression', titles[reply.during], {
    ...(detail === '' ? {} : { detail }),
    data: factsOf(reply),
  })
}

function limitReached(reply: Limited, request: SandboxRequest): StepError {
  const { title, detail } = describeLimit(reply.limit, request)
  return new StepError('limit', title, {
    detail: [detail, placeOf(reply)].filter((text) => text !== undefined).join(' '),
    data: { limit: reply.limit, ...factsOf(reply) },
  })
}

function describeLimit(limit: Limited['limit'], request: SandboxRequest): { title: string; detail: string } {
  switch (limit) {
    case 'time':
      return {
        title: `The code took longer than ${request.timeoutMs} ms`,
        detail: 'Look for a loop without an end, or divide the work between several steps.',
      }
    case 'memory':
      return {
        title: `The code needed more than ${Math.floor(request.memoryBytes / 1_048_576)} MiB of memory`,
        detail: 'Look for a list or text that grows without an end, or work on fewer items at a time.',
      }
    case 'stack':
      return {
        title: 'The code called itself too deeply',
        detail: 'Look for a function that calls itself without an end, or for data nested thousands of levels deep.',
      }
    case 'output':
      return {
        title: `The code returned more than ${request.maxOutputBytes} bytes`,
        detail: 'The output counts as JSON text. Return only what later steps need.',
      }
    case 'unsettled':
      return {
        title: 'The code waits for a promise that never settles',
        detail: 'It has no timers and no network, so nothing can settle a promise but the code itself.',
      }
  }
}

function tooDeep(cause: unknown): StepError {
  return new StepError('limit', 'The code returned data that is nested too deeply', {
    detail: 'A run keeps at most 64 levels of lists and objects within each other.',
    data: { limit: 'depth' },
    cause,
  })
}

function crashed(cause: unknown): StepError {
  return new StepError('limit', 'The code ended its sandbox', {
    detail: 'It used more memory or stack than its process has. Work on less data at a time.',
    data: { limit: 'sandbox' },
    cause,
  })
}

function placeOf({ line, column }: Failed | Limited): string | undefined {
  if (line === undefined) return undefined
  return column === undefined ? `See line ${line}.` : `See line ${line}, column ${column}.`
}

function factsOf({ line, column, console }: Failed | Limited): JsonObject {
  return {
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(console.length === 0 ? {} : { console: console.slice(-CONSOLE_LINES_IN_ERRORS) }),
  }
}
