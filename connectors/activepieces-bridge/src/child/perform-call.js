/** Calls a piece's code with the context that its generation expects. */
import { accountsOf, readAppEvent } from './app-events.js'
import { actionsOf, describeProperties, generationOf, triggersOf } from './describe-piece.js'
import { createContext, createStore, piecesAuth } from './piece-context.js'

/** @import { Ask } from './piece-context.js' */
/** @import { Loose } from './describe-piece.js' */
/** @import { PieceCall } from '../protocol.js' */

/** @typedef {Exclude<PieceCall, { kind: 'describe' }>} Call */

/**
 * @param {Loose} piece
 * @param {Call} call
 * @param {Ask} ask
 * @returns {Promise<unknown>}
 */
export async function performCall(piece, call, ask) {
  switch (call.kind) {
    case 'action':
      return runAction(piece, call, ask)
    case 'field':
      return loadField(piece, call, ask)
    case 'validate':
      return validate(piece, call)
    case 'trigger':
      return runTrigger(piece, call, ask)
    case 'account':
      return accountsOf(triggersOf(piece), call)
    case 'appEvent':
      return readAppEvent(piece, call)
  }
}

/**
 * @param {Loose} piece
 * @param {Extract<Call, { kind: 'action' }>} call
 * @param {Ask} ask
 */
async function runAction(piece, call, ask) {
  const action = memberOf(actionsOf(piece), call.name)
  /** @type {{ suspension?: Loose }} */
  const outcome = {}
  const context = createContext({ generation: generationOf(piece), member: action, call, ask })
  const paused = pausing(call, outcome)
  const output = await action['run']({
    ...context,
    executionType: call.resumed === undefined ? 'BEGIN' : 'RESUME',
    ...(call.resumed === undefined ? {} : { resumePayload: call.resumed }),
    generateResumeUrl: paused.generateResumeUrl,
    run: paused.run,
    tags: { add: async () => {} },
    output: { update: async () => {} },
  })
  return outcome.suspension === undefined ? { output } : { suspension: outcome.suspension }
}

/**
 * @param {Extract<Call, { kind: 'action' }>} call
 * @param {{ suspension?: Loose }} outcome
 */
function pausing(call, outcome) {
  /** @type {Map<string, Loose>} */
  const waitpoints = new Map()
  const resumeUrl = (/** @type {Loose | undefined} */ given) => {
    if (call.callbackUrl === undefined) throw new Error('This step cannot be resumed by a call from outside here.')
    // Callbacks carry a body alone: a link whose query is the answer would resume the action without it.
    if (Object.keys(given?.['queryParams'] ?? {}).length > 0) throw unanswerable('make links that carry an answer')
    return call.callbackUrl
  }
  const suspend = (/** @type {Loose} */ how) => {
    if (how['response'] ?? how['responseToSend']) throw unanswerable('pause with an answer')
    outcome.suspension =
      how['type'] === 'DELAY'
        ? { awaitsCallback: false, resumeAt: new Date(how['resumeDateTime']).getTime() }
        : { awaitsCallback: true }
  }
  return {
    generateResumeUrl: resumeUrl,
    run: {
      id: call.runId,
      pause: (/** @type {Loose} */ given) => suspend(given['pauseMetadata']),
      createWaitpoint: async (/** @type {Loose} */ how) => {
        const id = `waitpoint-${waitpoints.size + 1}`
        waitpoints.set(id, how)
        const url = how['type'] === 'WEBHOOK' ? resumeUrl(undefined) : ''
        return { id, resumeUrl: url, buildResumeUrl: resumeUrl }
      },
      waitForWaitpoint: (/** @type {string} */ id) => suspend(waitpoints.get(id) ?? { type: 'WEBHOOK' }),
      stop: () => {
        throw unanswerable('end the run with an answer')
      },
      respond: () => {
        throw unanswerable('answer the caller of the workflow')
      },
    },
  }
}

/** @param {string} what */
function unanswerable(what) {
  return new Error(
    `This action would ${what}, which steps of a workflow cannot do here. Use the workflow's own response.`,
  )
}

/**
 * @param {Loose} piece
 * @param {Extract<Call, { kind: 'field' }>} call
 * @param {Ask} ask
 */
async function loadField(piece, call, ask) {
  const member = memberOf(call.of === 'action' ? actionsOf(piece) : triggersOf(piece), call.name)
  const property = memberOf(member['props'], call.property)
  const generation = generationOf(piece)
  const { propsValue, auth, ...context } = createContext({ generation, member, call, ask })
  const values = { ...propsValue, auth }
  const around = { ...context, searchValue: call.search, propsValue: values, input: values }
  if (property['type'] === 'DYNAMIC') return describeProperties(await property['props'](values, around))
  return property['options'](values, around)
}

/**
 * @param {Loose} piece
 * @param {Extract<Call, { kind: 'validate' }>} call
 */
async function validate(piece, call) {
  const method = memberOf([piece['auth'] ?? []].flat(), call.method)
  // Checks of credentials have been given bare ones in every generation.
  const auth = piecesAuth('0b', call.auth)
  return method['validate']({ auth, server: { apiUrl: '', publicUrl: '', token: '' } })
}

/**
 * @param {Loose} piece
 * @param {Extract<Call, { kind: 'trigger' }>} call
 * @param {Ask} ask
 */
async function runTrigger(piece, call, ask) {
  const trigger = memberOf(triggersOf(piece), call.name)
  const hook = trigger[call.hook]
  if (typeof hook !== 'function') return null
  const context = createContext({ generation: generationOf(piece), member: trigger, call, ask })
  return hook.call(trigger, {
    ...context,
    store: createStore(ask, 'trigger'),
    webhookUrl: call.webhookUrl,
    payload: call.payload ?? { body: {}, rawBody: '', headers: {}, queryParams: {}, method: 'GET' },
    setSchedule: () => {},
    app: { createListeners: () => {} },
  })
}

/**
 * @param {Record<string, Loose> | Loose[]} members
 * @param {string | number} name
 * @returns {Loose}
 */
function memberOf(members, name) {
  const found = Object.hasOwn(members, name) ? Reflect.get(members, name) : undefined
  if (found === undefined) throw new Error(`The piece has no "${name}".`)
  return found
}
