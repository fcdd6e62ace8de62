/**
 * What pieces do with the events of whole apps: which ones a trigger listens to, and for whom; whether the service sent a
 * request, and what it tells. docs/how-to/bridge-activepieces.md says which pieces fit.
 */
import { randomUUID } from 'node:crypto'

/** @import { PieceCall } from '../protocol.js' */

/** @typedef {Record<string, any>} Loose what strangers wrote */

/** @typedef {{ readonly events: readonly unknown[], readonly identifierValue: unknown }} Listener */

/** Stands for what the token endpoint would tell of an account. */
const MARK = randomUUID()
const PATIENCE_MS = 5000

/**
 * Which events a trigger listens to, found out without an account: it may name them and say where the token endpoint's
 * answer tells whose they are, and nothing else. What it would do besides, our triggers of this kind have no place for.
 *
 * @param {Loose} trigger
 * @returns {Promise<{ readonly events?: readonly string[], readonly whyNot?: string }>}
 */
export async function listeningOf(trigger) {
  try {
    const listeners = await listen(trigger, told())
    const events = listeners.flatMap((listener) => [...listener.events])
    if (events.length === 0) return { whyNot: 'it names no events' }
    if (!events.every(isPlainText)) return { whyNot: 'its events depend on the account' }
    // A name that is the same for all accounts would hand each customer's events to all others.
    const isOfAccount = listeners.every(({ identifierValue }) => String(identifierValue).includes(MARK))
    return isOfAccount ? { events: [...new Set(events)] } : { whyNot: 'it does not say whose events it listens to' }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return { whyNot: said.startsWith('it ') ? said : `it does more than name its events (${said.slice(0, 200)})` }
  }
}

/**
 * Whose events the named ones of these triggers listen to.
 *
 * @param {Record<string, Loose>} members
 * @param {Extract<PieceCall, { kind: 'account' }>} call
 */
export async function accountsOf(members, { triggers, data }) {
  const listeners = await Promise.all(triggers.map((name) => listen(members[name] ?? {}, data)))
  const names = listeners.flat().map(({ identifierValue }) => identifierValue)
  return { accounts: [...new Set(names.filter(isName).map(String))] }
}

/**
 * What a request tells, if the service sent it.
 *
 * @param {Loose} piece
 * @param {Extract<PieceCall, { kind: 'appEvent' }>} call
 */
export async function readAppEvent(piece, { payload, secret, url }) {
  if (!(await isSent(piece, { payload, webhookSecret: secret, appWebhookUrl: url }))) return { isVerified: false }
  const { reply, event, identifierValue } = await parse(piece, payload)
  if (reply !== undefined && reply !== null) {
    return { isVerified: true, reply: { headers: reply.headers ?? {}, body: reply.body ?? null } }
  }
  if (!isPlainText(event) || !isName(identifierValue)) return { isVerified: true }
  return { isVerified: true, event, account: String(identifierValue) }
}

/**
 * @param {Loose} piece
 * @param {Loose} given
 */
async function isSent(piece, given) {
  try {
    return (await piece['events'].verify(given)) === true
  } catch {
    // Pieces take headers for granted that only the service sends.
    return false
  }
}

/**
 * @param {Loose} piece
 * @param {unknown} payload
 * @returns {Promise<Loose>}
 */
async function parse(piece, payload) {
  const server = { publicUrl: 'https://platform.invalid/', apiUrl: 'https://platform.invalid/' }
  try {
    return (await piece['events'].parseAndReply({ payload, server })) ?? {}
  } catch {
    // Services send what pieces do not expect; nobody is here to be told, and sending it again would not help.
    return {}
  }
}

/**
 * @param {Loose} trigger
 * @param {unknown} data what the token endpoint told beside the tokens
 * @returns {Promise<Listener[]>}
 */
async function listen(trigger, data) {
  /** @type {Listener[]} */
  const listeners = []
  const app = { createListeners: (/** @type {Listener} */ given) => void listeners.push(given) }
  const auth = sealed('of the connection', { type: 'OAUTH2', data })
  const context = sealed('of its context', { auth, app, propsValue: sealed('of its own form', {}) })
  const enabled = Promise.resolve(trigger['onEnable']?.(context))
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('it does not come to an end')), PATIENCE_MS)
  })
  await Promise.race([enabled, late]).finally(() => clearTimeout(timer))
  return listeners
}

/**
 * An object of which nothing but these values can be read: customers write the others, or they are secret.
 *
 * @param {string} whose
 * @param {Loose} values
 * @returns {Loose}
 */
function sealed(whose, values) {
  return new Proxy(values, {
    get: (target, name) => {
      if (typeof name === 'symbol' || name === 'then' || Object.hasOwn(target, name)) return Reflect.get(target, name)
      throw new Error(`it needs "${name}" ${whose}`)
    },
  })
}

/** @returns {Loose} */
function told() {
  return new Proxy(
    {},
    {
      get: (_, name) => {
        if (name === 'then' || name === 'toJSON') return undefined
        if (name === Symbol.toPrimitive || name === 'toString') return () => MARK
        return typeof name === 'symbol' ? undefined : told()
      },
    },
  )
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
function isPlainText(value) {
  return typeof value === 'string' && value !== '' && !value.includes(MARK)
}

/** @param {unknown} value */
function isName(value) {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}
