/** @import { guestConsole } from './guest-console.js' */
/** @import { SandboxLimits } from '../messages.js' */

/**
 * Calls the code inside the sandbox and tells what became of it. Its text is evaluated there: see `guestConsole`.
 *
 * @param {SandboxLimits} limits
 * @param {ReturnType<typeof guestConsole>} console
 */
export function guestRunner(limits, { lines, describe }) {
  const { parse, stringify } = JSON
  const slice = Function.prototype.call.bind(String.prototype.slice)
  const maxStackLength = 4000

  /** @type {'running' | 'returned' | 'threw' | 'unserializable' | 'too large'} */
  let state = 'running'
  /** @type {unknown} */
  let thrown
  let output = 'null'

  /** @param {unknown} value @param {number} maxLength */
  function keep(value, maxLength) {
    try {
      output = stringify(value) ?? 'null'
      state = output.length > maxLength ? 'too large' : 'returned'
    } catch (error) {
      thrown = error
      state = 'unserializable'
    }
  }

  /** @param {(input: unknown) => unknown} body @param {string} input @param {number} maxLength */
  async function run(body, input, maxLength) {
    try {
      keep(await body(parse(input)), maxLength)
    } catch (error) {
      thrown = error
      state = 'threw'
    }
  }

  /** @param {string} field @param {number} maxLength */
  function fieldOfThrown(field, maxLength) {
    try {
      const value = Object(thrown)[field]
      return typeof value === 'string' ? slice(value, 0, maxLength) : undefined
    } catch {
      return undefined
    }
  }

  function failure() {
    const message = fieldOfThrown('message', limits.maxMessageLength)
    if (message === undefined) return { __proto__: null, message: slice(describe(thrown), 0, limits.maxMessageLength) }
    return {
      __proto__: null,
      name: fieldOfThrown('name', limits.maxNameLength),
      message,
      stack: fieldOfThrown('stack', maxStackLength),
    }
  }

  return {
    run,
    output: () => output,
    /** All but the output, as JSON text. */
    outcome: () =>
      stringify({
        __proto__: null,
        state,
        console: lines,
        error: state === 'threw' || state === 'unserializable' ? failure() : undefined,
      }),
    /** What was written, as JSON text; runs nothing of the code's. */
    console: () => stringify(lines),
  }
}
