import { guestConsole } from './guest-console.js'
import { guestRunner } from './guest-runner.js'

/** @import { JSValueHandle, QuickJS } from 'quickjs-wasi' */
/** @import { SandboxLimits, SandboxReply, SandboxRequest } from '../messages.js' */
/** @typedef {SandboxReply['console']} ConsoleLines */
/** @typedef {{ deadlineAt: number, isInterrupted: boolean, isSeeding: boolean }} Control */
/** @typedef {{ library: typeof import('quickjs-wasi'), module: WebAssembly.Module, limits: SandboxLimits }} Engine */
/** @typedef {{ engine: Engine, vm: QuickJS, control: Control, memoryBytes: number, ours: JSValueHandle }} Sandbox */

const FILE_NAME = 'code.js'
/** Reading the console of a job that was stopped takes microseconds, unless the code left no memory to do it in. */
const LAST_WORDS_MS = 50

/**
 * A fresh WebAssembly instance with a fresh QuickJS in it, for one job. It has no function of the host to call.
 *
 * @param {Engine} engine @param {number} memoryBytes @returns {Promise<Sandbox>}
 */
export async function createSandbox(engine, memoryBytes) {
  const { Intrinsics, QuickJS } = engine.library
  const limits = JSON.stringify(engine.limits)
  /** @type {Control} */
  const control = { deadlineAt: Number.POSITIVE_INFINITY, isInterrupted: false, isSeeding: true }
  const vm = await QuickJS.create({
    wasm: engine.module,
    // A finer clock than `Date` is of no use to automations, and is what side channels need.
    intrinsics: Intrinsics.ALL & ~Intrinsics.PERFORMANCE,
    memoryLimit: memoryBytes,
    maxStackSize: engine.limits.stackBytes,
    timezoneOffset: 0,
    interruptHandler: () => {
      if (performance.now() > control.deadlineAt) control.isInterrupted = true
      return control.isInterrupted
    },
    wasi: (/** @type {WebAssembly.Memory} */ memory) => ({
      // QuickJS seeds Math.random from the clock, which would give jobs of the same millisecond the same numbers.
      clock_time_get(/** @type {number} */ _id, /** @type {bigint} */ _precision, /** @type {number} */ address) {
        const now = control.isSeeding ? Math.floor(Math.random() * 2 ** 52) * 1000 : Date.now() * 1e6
        new DataView(memory.buffer).setBigUint64(address, BigInt(now), true)
        return 0
      },
      fd_write: () => 8,
    }),
  })
  control.isSeeding = false
  const ours = vm.evalCode(`(${guestRunner})(${limits}, (${guestConsole})(${limits}))`, 'inlay.js')
  return { engine, vm, control, memoryBytes, ours }
}

/**
 * Runs one job. The sandbox is spent afterwards, whatever the outcome.
 *
 * @param {Sandbox} sandbox @param {SandboxRequest} request @returns {SandboxReply}
 */
export function runCode(sandbox, request) {
  sandbox.control.deadlineAt = performance.now() + request.timeoutMs
  let during = /** @type {'syntax' | 'code'} */ ('syntax')
  try {
    const body = sandbox.vm.evalCode(`(async function (input) {"use strict";\n${request.source}\n})`, FILE_NAME)
    during = 'code'
    start(sandbox, body, request)
    if (sandbox.control.isInterrupted) return stopped(sandbox, 'time')
    return outcome(sandbox, request)
  } catch (error) {
    return failed(sandbox, error, { during, lines: lineCount(request.source) })
  }
}

/** @param {Sandbox} sandbox @param {JSValueHandle} body @param {SandboxRequest} request */
function start({ vm, ours }, body, request) {
  vm.callFunction(
    ours.getProp('run'),
    vm.undefined,
    body,
    vm.newString(request.input),
    vm.newNumber(request.maxOutputBytes),
  )
  vm.executePendingJobs()
}

/** @param {Sandbox} sandbox @param {SandboxRequest} request @returns {SandboxReply} */
function outcome(sandbox, request) {
  const { state, console, error } = JSON.parse(read(sandbox, 'outcome'))
  switch (state) {
    case 'returned': {
      const output = read(sandbox, 'output')
      if (Buffer.byteLength(output) > request.maxOutputBytes) return { state: 'limit', limit: 'output', console }
      return { state: 'returned', output, console }
    }
    case 'too large':
      return { state: 'limit', limit: 'output', console }
    case 'running':
      // Nothing outside can settle a promise in there: when no work is left, none ever comes.
      return { state: 'limit', limit: 'unsettled', console }
    default:
      return describe(sandbox, error, {
        during: state === 'threw' ? 'code' : 'output',
        lines: lineCount(request.source),
        console,
      })
  }
}

/**
 * @param {Sandbox} sandbox @param {unknown} error @param {{ during: 'syntax' | 'code', lines: number }} where
 * @returns {SandboxReply}
 */
function failed(sandbox, error, { during, lines }) {
  if (sandbox.control.isInterrupted) return stopped(sandbox, 'time')
  // The stack of this process ended before QuickJS's own; the instance was left in the middle of something.
  if (error instanceof RangeError) return { state: 'limit', limit: 'stack', console: [] }
  if (error instanceof WebAssembly.RuntimeError || !(error instanceof Error)) throw error
  // QuickJS could not even make an error of it.
  if (!(error instanceof sandbox.engine.library.JSException)) return { state: 'limit', limit: 'memory', console: [] }
  const { name, message, stack } = error
  return describe(sandbox, { name, message, stack }, { during, lines, console: lastWords(sandbox) })
}

/** @param {Sandbox} sandbox @param {'time'} limit @returns {SandboxReply} */
function stopped(sandbox, limit) {
  return { state: 'limit', limit, console: lastWords(sandbox) }
}

/**
 * What was written before the code was stopped, so that its author sees how far it came.
 *
 * @param {Sandbox} sandbox @returns {ConsoleLines}
 */
function lastWords(sandbox) {
  sandbox.control.isInterrupted = false
  sandbox.control.deadlineAt = performance.now() + LAST_WORDS_MS
  try {
    return JSON.parse(read(sandbox, 'console'))
  } catch {
    return []
  }
}

/** @param {Sandbox} sandbox @param {'outcome' | 'output' | 'console'} what */
function read({ vm, ours }, what) {
  const text = vm.callFunction(ours.getProp(what), vm.undefined)
  return text.isString ? text.toString() : ''
}

/**
 * @param {Sandbox} sandbox
 * @param {{ name?: string, message?: string, stack?: string | undefined }} error
 * @param {{ during: 'syntax' | 'code' | 'output', lines: number, console: ConsoleLines }} where
 * @returns {SandboxReply}
 */
function describe({ engine: { limits } }, error, { during, lines, console }) {
  const name = String(error.name ?? '').slice(0, limits.maxNameLength)
  const message = String(error.message ?? '').slice(0, limits.maxMessageLength)
  const position = positionIn(error.stack, lines)
  if (name === 'InternalError' && (message === 'out of memory' || message === 'string too long')) {
    return { state: 'limit', limit: 'memory', ...position, console }
  }
  if (name === 'RangeError' && message === 'Maximum call stack size exceeded') {
    return { state: 'limit', limit: 'stack', ...position, console }
  }
  return { state: 'failed', during, name, message, ...position, console }
}

/**
 * Where in the source a stack trace begins; the source starts on the second line of what is evaluated.
 *
 * @param {string | undefined} stack @param {number} lines
 */
function positionIn(stack, lines) {
  const match = new RegExp(`${FILE_NAME}:(\\d{1,9}):(\\d{1,9})`).exec(String(stack ?? ''))
  if (match === null) return {}
  const line = Number(match[1]) - 1
  return { line: Math.min(Math.max(line, 1), lines), column: Math.max(Number(match[2]), 1) }
}

/** @param {string} source */
function lineCount(source) {
  return source.split('\n').length
}
