/**
 * The program of a piece's process: takes one call at a time from standard input, a line of JSON each, and asks the parent
 * for everything that is outside: requests, values, files. JavaScript, because Node.js executes these very files with its
 * permission model on, from the sources in our tests as from the published package.
 * docs/adr/0042-pieces-run-in-confined-processes.md
 */
import { createRequire } from 'node:module'
import { format } from 'node:util'
import { closeDoors } from './close-doors.js'
import { describePiece, findPiece } from './describe-piece.js'
import { openHttpDoor } from './http-door.js'
import { performCall } from './perform-call.js'
import { plainJson } from './plain-json.js'

/** @import { DoorAnswer, DoorQuestion, PieceCall } from '../protocol.js' */

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => {})

const MAX_TEXT = 2000
const write = process.stdout.write.bind(process.stdout)
/** @param {object} message */
const tell = (message) => void write(`${JSON.stringify(message)}\n`)
// What a piece prints would stand among the messages.
Object.assign(process.stdout, { write: () => true })
for (const name of /** @type {const} */ (['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir', 'table'])) {
  console[name] = (...given) => tell({ kind: 'log', text: format(...given).slice(0, MAX_TEXT) })
}

const [folder = '', packageName = ''] = process.argv.slice(2)

let asked = 0
/** @type {Map<number, (answer: DoorAnswer) => void>} */
const waiting = new Map()

/**
 * @param {DoorQuestion} question
 * @returns {Promise<DoorAnswer>}
 */
function ask(question) {
  asked += 1
  const number = asked
  return new Promise((resolve) => {
    waiting.set(number, resolve)
    tell({ kind: 'ask', number, question })
  })
}

openHttpDoor(ask)
closeDoors()

// A promise that nobody waits for must not end the process in the middle of another's call.
process.on('unhandledRejection', (reason) => tell({ kind: 'log', text: format(reason).slice(0, MAX_TEXT) }))

const piece = findPiece(createRequire(`${folder}/piece-loader.cjs`)(packageName))

/** @param {PieceCall} call */
async function answer(call) {
  try {
    const value = call.kind === 'describe' ? await describePiece(piece) : await performCall(piece, call, ask)
    tell({ kind: 'done', value: plainJson(value) })
  } catch (error) {
    tell({ kind: 'failed', failure: failureOf(error) })
  }
}

/** @param {unknown} thrown */
function failureOf(thrown) {
  const error = typeof thrown === 'object' && thrown !== null ? thrown : new Error(String(thrown))
  const response = objectAt(error, 'response')
  const status = [Reflect.get(error, 'status'), response && Reflect.get(response, 'status')].find(isStatus)
  const body = response && (Reflect.get(response, 'data') ?? Reflect.get(response, 'body'))
  const headers = objectAt(response ?? error, 'headers')
  const retryAfter = headers && (Reflect.get(headers, 'retry-after') ?? callGet(headers, 'retry-after'))
  const type = error instanceof Error ? error.constructor.name : 'Error'
  const message = String(Reflect.get(error, 'message') ?? thrown)
  return {
    type,
    message: message.slice(0, MAX_TEXT),
    ...(status === undefined ? {} : { status }),
    ...(body === undefined ? {} : { body: textOf(body).slice(0, MAX_TEXT) }),
    ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
  }
}

/** @param {unknown} status */
function isStatus(status) {
  return typeof status === 'number' && status >= 400 && status <= 599
}

/**
 * @param {object} target
 * @param {string} name
 * @returns {object | undefined}
 */
function objectAt(target, name) {
  const value = Reflect.get(target, name)
  return typeof value === 'object' && value !== null ? value : undefined
}

/**
 * @param {object} headers
 * @param {string} name
 */
function callGet(headers, name) {
  const get = Reflect.get(headers, 'get')
  return typeof get === 'function' ? get.call(headers, name) : undefined
}

/** @param {unknown} value */
function textOf(value) {
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

let received = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (chunk) => {
  received += chunk
  const lines = received.split('\n')
  received = lines.pop() ?? ''
  for (const line of lines) {
    const message = JSON.parse(line)
    if (message.kind === 'call') void answer(message.call)
    else {
      waiting.get(message.number)?.(message.answer)
      waiting.delete(message.number)
    }
  }
})
process.stdin.on('end', () => process.exit(0))
tell({ kind: 'ready' })
