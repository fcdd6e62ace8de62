/** @import { SandboxLimits } from '../messages.js' */

/**
 * Makes `console` inside the sandbox. The text of this function is evaluated there, so it may refer to nothing outside of
 * itself. It keeps the built-ins that it needs, because the code may replace any of them. That is for clear messages,
 * not for safety: everything in there is the code's to break, and is read as a stranger's by who asks.
 *
 * @param {SandboxLimits} limits
 */
export function guestConsole(limits) {
  const { stringify } = JSON
  const toText = String
  const call = Function.prototype.call
  const slice = call.bind(String.prototype.slice)
  const functionText = call.bind(Function.prototype.toString)
  const ErrorType = Error

  /** @type {{ level: string, text: string }[]} */
  const lines = []
  // Without its prototype it is not asked for a `toJSON` that the code may have put there.
  Object.setPrototypeOf(lines, null)
  let written = 0
  let isFull = false

  /** @param {object} value */
  function describeObject(value) {
    try {
      return value instanceof ErrorType ? `${value.name}: ${value.message}` : toText(stringify(value))
    } catch {
      // Circular, or with a getter that throws.
      return '[object]'
    }
  }

  /** @param {unknown} value */
  function describe(value) {
    switch (typeof value) {
      case 'object':
        return value === null ? 'null' : describeObject(value)
      case 'function':
        return `[function] ${slice(functionText(value), 0, 100)}`
      case 'bigint':
        return `${value}n`
      default:
        return toText(value)
    }
  }

  /** @param {unknown[]} values */
  function lineOf(values) {
    let text = ''
    for (let index = 0; index < values.length && text.length <= limits.maxConsoleLineLength; index++) {
      text += (index === 0 ? '' : ' ') + describe(values[index])
    }
    return text.length > limits.maxConsoleLineLength ? `${slice(text, 0, limits.maxConsoleLineLength)}…` : text
  }

  /** @param {string} level @param {string} text */
  function add(level, text) {
    const line = { __proto__: null, level, text }
    lines[lines.length] = line
  }

  /** @param {string} level */
  function writer(level) {
    return (/** @type {unknown[]} */ ...values) => {
      if (isFull) return
      const text = lineOf(values)
      written += text.length
      isFull = lines.length >= limits.maxConsoleLines || written > limits.maxConsoleLength
      if (isFull) add('warn', 'The code wrote more than the console keeps; the rest was dropped.')
      else add(level, text)
    }
  }

  const console = {
    log: writer('log'),
    debug: writer('log'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
  }
  Object.defineProperty(globalThis, 'console', { value: console, writable: true, configurable: true })
  return { lines, describe }
}
