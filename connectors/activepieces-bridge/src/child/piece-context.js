/** What every function of a piece is given. Nothing of it outlives the call. */
import { extname } from 'node:path'

/** @import { Loose } from './describe-piece.js' */
/** @import { DoorAnswer, DoorQuestion, PieceAuth, PieceCall } from '../protocol.js' */

/** @typedef {(question: DoorQuestion) => Promise<DoorAnswer>} Ask */

const NOWHERE = 'https://platform.invalid/'

/**
 * @param {object} options
 * @param {string} options.generation
 * @param {Loose} options.member
 * @param {Extract<PieceCall, { input: object }>} options.call
 * @param {Ask} options.ask
 * @returns {Loose}
 */
export function createContext({ generation, member, call, ask }) {
  const auth = piecesAuth(generation, call.auth)
  return {
    auth,
    propsValue: inputOf(generation, member, call),
    store: createStore(ask, 'run'),
    files: { write: (/** @type {Loose} */ file) => writeFile(ask, file) },
    project: { id: call.customer, externalId: async () => call.externalId },
    connections: { get: async () => null, list: async () => [] },
    flows: {
      list: async () => ({ data: [], next: null, previous: null }),
      current: { id: 'workflow', version: { id: 'version' } },
    },
    agent: { tools: async () => ({}) },
    // Empty on purpose: there is no platform of theirs to call.
    server: { apiUrl: NOWHERE, publicUrl: NOWHERE, token: '' },
    serverUrl: NOWHERE,
    step: { name: call.name },
  }
}

/**
 * Credentials as the generation expects them: typed since context version 1, bare before.
 *
 * @param {string} generation
 * @param {PieceAuth | undefined} auth
 */
export function piecesAuth(generation, auth) {
  if (auth === undefined || generation === '1' || generation === '2') return auth
  switch (auth.type) {
    case 'SECRET_TEXT':
      return auth.secret_text
    case 'CUSTOM_AUTH':
      return auth.props
    case 'BASIC_AUTH':
    case 'OAUTH2':
      return auth
  }
}

/**
 * @param {string} generation
 * @param {Loose} member
 * @param {Extract<PieceCall, { input: object }>} call
 */
function inputOf(generation, member, { input, auth }) {
  /** @type {Loose} */
  const values = {}
  for (const [name, property] of Object.entries(member['props'] ?? {})) {
    const { type, defaultValue } = /** @type {Loose} */ (property)
    const given = Reflect.get(input, name)
    if (generation === '0a' && auth?.type === type) values[name] = piecesAuth(generation, auth)
    else if (given === undefined || given === null) values[name] = defaultValue
    else values[name] = type === 'FILE' && typeof given === 'object' ? fileOf(given) : given
  }
  return values
}

/** @param {Loose} given */
function fileOf(given) {
  const { name, base64 } = given
  const data = Buffer.from(base64, 'base64')
  return { filename: name, data, base64, extension: extname(name).slice(1) || undefined }
}

/**
 * @param {Ask} ask
 * @param {Loose} file
 */
async function writeFile(ask, { fileName, data }) {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data)
  return answered(await ask({ op: 'file', name: String(fileName), body: bytes.toString('base64') }))
}

/**
 * @param {Ask} ask
 * @param {'run' | 'trigger'} owner whose values: those of a trigger are kept with its cursor or registration
 */
export function createStore(ask, owner) {
  /** @param {string | undefined} given */
  const scopeOf = (given) =>
    owner === 'trigger' ? 'trigger' : given === 'COLLECTION' || given === 'PROJECT' ? 'customer' : 'workflow'
  return {
    get: async (/** @type {string} */ key, /** @type {string | undefined} */ scope) =>
      answered(await ask({ op: 'get', scope: scopeOf(scope), key: String(key) })) ?? null,
    put: async (/** @type {string} */ key, /** @type {unknown} */ value, /** @type {string | undefined} */ scope) => {
      answered(await ask({ op: 'put', scope: scopeOf(scope), key: String(key), value: value ?? null }))
      return value
    },
    delete: async (/** @type {string} */ key, /** @type {string | undefined} */ scope) => {
      answered(await ask({ op: 'delete', scope: scopeOf(scope), key: String(key) }))
    },
  }
}

/** @param {DoorAnswer} answer */
function answered(answer) {
  if ('error' in answer) throw Object.assign(new Error(answer.error), { code: 'ERR_INLAY_DOOR' })
  return 'value' in answer ? answer.value : null
}
