/** What a piece says of itself, as plain data; its parent turns it into a connector. */

import { listeningOf } from './app-events.js'

/** @typedef {Record<string, any>} Loose what strangers wrote, of which the parent checks the description */

/** @type {readonly unknown[]} */
const KNOWN_CONTEXTS = ['1', '2']
const AUTH_TYPES = ['SECRET_TEXT', 'BASIC_AUTH', 'CUSTOM_AUTH', 'OAUTH2']

/**
 * The piece among what a package exports.
 *
 * @param {Loose} exported
 * @returns {Loose}
 */
export function findPiece(exported) {
  const found = Object.values(exported).find(
    (value) => typeof value === 'object' && value !== null && 'displayName' in value && '_actions' in value,
  )
  if (found === undefined) throw new Error('The package exports no piece.')
  return found
}

/**
 * Which shape of context the piece expects: of the first releases (`0a`, where actions carry their own credentials), of those
 * after them (`0b`), or of a numbered contract.
 *
 * @param {Loose} piece
 * @returns {'0a' | '0b' | '1' | '2'}
 */
export function generationOf(piece) {
  if (typeof piece['getContextInfo'] !== 'function') return typeof piece['actions'] === 'function' ? '0b' : '0a'
  const { version } = piece['getContextInfo']()
  if (KNOWN_CONTEXTS.includes(version)) return version
  throw new Error(
    `The piece expects contexts of version "${version}", and this bridge makes those of versions 1 and 2. Use an older version of the piece.`,
  )
}

/** @param {Loose} piece */
export async function describePiece(piece) {
  const generation = generationOf(piece)
  const triggers = Object.entries(triggersOf(piece))
  return {
    generation,
    displayName: piece['displayName'],
    description: piece['description'] ?? '',
    categories: piece['categories'] ?? [],
    auth: [piece['auth'] ?? []].flat().map(describeAuth),
    actions: Object.entries(actionsOf(piece)).map(([name, action]) => describeMember(name, action, generation)),
    events: {
      verifies: typeof piece['events']?.verify === 'function',
      parses: typeof piece['events']?.parseAndReply === 'function',
    },
    triggers: await Promise.all(triggers.map(([name, trigger]) => describeTrigger(name, trigger, generation))),
  }
}

/**
 * @param {string} name
 * @param {Loose} trigger
 * @param {string} generation
 */
async function describeTrigger(name, trigger, generation) {
  return {
    ...describeMember(name, trigger, generation),
    type: trigger['type'],
    handshake: trigger['handshakeConfiguration']?.strategy ?? 'NONE',
    renewalCron:
      trigger['renewConfiguration']?.strategy === 'CRON' ? trigger['renewConfiguration'].cronExpression : undefined,
    listening: trigger['type'] === 'APP_WEBHOOK' ? await listeningOf(trigger) : undefined,
  }
}

/**
 * @param {Loose} piece
 * @returns {Record<string, Loose>}
 */
export function actionsOf(piece) {
  return typeof piece['actions'] === 'function' ? piece['actions']() : piece['_actions']
}

/**
 * @param {Loose} piece
 * @returns {Record<string, Loose>}
 */
export function triggersOf(piece) {
  return typeof piece['triggers'] === 'function' ? piece['triggers']() : (piece['_triggers'] ?? {})
}

/**
 * @param {string} name
 * @param {Loose} member
 * @param {string} generation
 */
function describeMember(name, member, generation) {
  const entries = Object.entries(member['props'] ?? {})
  const isAuth = (/** @type {[string, Loose]} */ [, property]) =>
    generation === '0a' && AUTH_TYPES.includes(property['type'])
  return {
    name,
    displayName: member['displayName'],
    description: member['description'] ?? '',
    requireAuth: member['requireAuth'] ?? true,
    properties: describeProperties(Object.fromEntries(entries.filter((entry) => !isAuth(entry)))),
    ownAuth: entries.filter(isAuth).map(([property, auth]) => ({ property, ...describeAuth(auth) })),
    sample: member['sampleData'],
  }
}

/**
 * @param {Record<string, Loose>} properties
 * @returns {Loose[]}
 */
export function describeProperties(properties) {
  return Object.entries(properties).map(([name, property]) => ({
    name,
    type: property['type'],
    displayName: property['displayName'] ?? name,
    description: property['description'] ?? property['value'] ?? '',
    required: property['required'] ?? false,
    defaultValue: property['defaultValue'],
    choices: Array.isArray(property['options']?.options) ? property['options'].options : undefined,
    refreshers: property['refreshers'] ?? [],
    refreshOnSearch: property['refreshOnSearch'] ?? false,
    properties:
      property['type'] === 'ARRAY' && property['properties'] ? describeProperties(property['properties']) : undefined,
  }))
}

/** @param {Loose} auth */
function describeAuth(auth) {
  const { type, displayName, description, required, authUrl, tokenUrl, scope, pkce, prompt, extra } = auth
  return {
    ...{ type, displayName, description, required, authUrl, tokenUrl, scope, pkce, prompt, extra },
    authorizationMethod: auth['authorizationMethod'],
    grantType: auth['grantType'],
    fields: describeProperties(auth['props'] ?? {}),
    canValidate: typeof auth['validate'] === 'function',
  }
}
