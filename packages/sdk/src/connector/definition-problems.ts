import {
  type AuthMethod,
  type Connector,
  type ConnectorAction,
  type ConnectorTrigger,
  isPace,
  PACE_RANGE,
  paceOf,
} from '@inlay/engine'
import { z } from 'zod'

const MEMBER_ID = /^[a-z][a-zA-Z0-9_]{0,79}$/

/** What is wrong with the actions and triggers of a connector. */
export function memberProblems(connector: Connector): string[] {
  const { actions, triggers, appEvents } = connector
  const hearsApp = Object.values(triggers).some(({ kind }) => kind === 'appWebhook')
  return [
    ...Object.entries(actions).flatMap(([id, member]) => problemsOf('action', id, member)),
    ...Object.entries(triggers).flatMap(([id, member]) => problemsOf('trigger', id, member)),
    ...(hearsApp && appEvents === undefined ? ['its app-webhook triggers need `appEvents`'] : []),
    ...scopeProblems(connector),
  ]
}

const MIN_INTERVAL_MS = 60_000

function problemsOf(what: 'action' | 'trigger', id: string, member: ConnectorAction | ConnectorTrigger): string[] {
  const shape: object | undefined = member.input instanceof z.ZodObject ? member.input.shape : undefined
  const isUnknown = (field: string): boolean => shape !== undefined && !Object.hasOwn(shape, field.split('.')[0] ?? '')
  return [
    ...(MEMBER_ID.test(id) ? [] : [`the ${what} id "${id}" must be letters and digits, such as "sendMessage"`]),
    ...(member.name === '' ? [`the ${what} "${id}" needs a name`] : []),
    ...Object.keys(member.options)
      .filter(isUnknown)
      .map((field) => `the ${what} "${id}" has options for "${field}", which is not in its input`),
    ...Object.keys(member.schemas)
      .filter(isUnknown)
      .map((field) => `the ${what} "${id}" has a schema for "${field}", which is not in its input`),
    ...[...Object.values(member.options), ...Object.values(member.schemas), member.outputSchema]
      .flatMap((loader) => loader?.dependsOn ?? [])
      .filter(isUnknown)
      .map((field) => `the ${what} "${id}" depends on "${field}", which is not in its input`),
    ...('kind' in member ? triggerProblems(id, member) : []),
  ]
}

function triggerProblems(id: string, trigger: ConnectorTrigger): string[] {
  switch (trigger.kind) {
    case 'polling':
      return (trigger.intervalMs ?? MIN_INTERVAL_MS) < MIN_INTERVAL_MS
        ? [`the trigger "${id}" must not poll more often than every ${MIN_INTERVAL_MS} ms`]
        : []
    case 'appWebhook':
      return trigger.events.length === 0 ? [`the trigger "${id}" must name the events that it hears`] : []
    case 'event':
      return trigger.event === '' ? [`the trigger "${id}" must name the event that it hears`] : []
    case 'webhook':
      return []
  }
}

/** What is wrong with where the API is said to be. */
export function apiProblems(connector: Connector): string[] {
  const { api } = connector
  const pace = paceOf(connector)
  const paces = pace === undefined || isPace(pace) ? [] : [`api.pace has to be ${PACE_RANGE}`]
  if (api === undefined) return paces
  const { baseUrl, origins = [] } = api
  const isAddress = typeof baseUrl !== 'string' || (/^https?:/.test(baseUrl) && URL.canParse(baseUrl))
  return [
    ...paces,
    ...(isAddress ? [] : [`api.baseUrl must be an address such as "https://api.acme.com", not "${baseUrl}"`]),
    ...(typeof baseUrl === 'string' && baseUrl.endsWith('/') ? ['api.baseUrl must not end with "/"'] : []),
    ...origins
      .filter((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin)
      .map((origin) => `api.origins must hold origins such as "https://upload.acme.com", not "${origin}"`),
  ]
}

function scopeProblems({ auth, actions, triggers }: Connector): string[] {
  const offered = auth.filter((method) => method.kind === 'oauth2')
  if (offered.length === 0) return []
  const known = new Set(offered.flatMap(({ scopes }) => scopes.map(({ scope }) => scope)))
  return Object.entries({ ...actions, ...triggers }).flatMap(([id, { scopes }]) =>
    scopes
      .filter((scope) => !known.has(scope))
      .map((scope) => `"${id}" needs the scope "${scope}", which no way to connect asks for`),
  )
}

const METHOD_ID = /^[a-z][a-zA-Z0-9_-]{0,49}$/

/** What is wrong with the ways to connect an account. */
export function authProblems({ auth, api }: Connector): string[] {
  const ids = auth.map(({ id }) => id)
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index)
  return [
    ...ids.filter((id) => !METHOD_ID.test(id)).map((id) => `the way to connect "${id}" needs an id such as "apiKey"`),
    ...repeated.map((id) => `two ways to connect have the id "${id}"`),
    ...auth.flatMap((method) => methodProblems(method, api !== undefined)),
  ]
}

const PLACEHOLDER = /\{([^}]*)\}/g

function methodProblems(method: AuthMethod, hasApi: boolean): string[] {
  const fields: object = method.fields?.shape ?? {}
  const named = `the way to connect "${method.id}"`
  const needsAuthorization = method.kind === 'oauth2' && method.grant !== 'client_credentials'
  return [
    ...(method.secretFields ?? [])
      .filter((field) => !Object.hasOwn(fields, field))
      .map((field) => `secretFields of ${named} names "${field}", which is not in its fields`),
    ...oauthUrls(method)
      .flatMap((url) => [...url.matchAll(PLACEHOLDER)].map(([, field = '']) => field))
      .filter((field) => !Object.hasOwn(fields, field))
      .map((field) => `an address of ${named} holds "{${field}}", which is not in its fields`),
    ...(needsAuthorization && method.authorizationUrl === undefined ? [`${named} needs an authorizationUrl`] : []),
    ...(method.kind === 'custom' && hasApi && method.sign === undefined ? [`${named} needs \`sign\``] : []),
    ...(method.session !== undefined && method.sign === undefined
      ? [`${named} has a \`session\`, which its \`sign\` has to put on requests`]
      : []),
    ...(method.session !== undefined && method.kind === 'oauth2'
      ? [`${named} needs no \`session\`: its tokens are kept and refreshed`]
      : []),
  ]
}

function oauthUrls(method: AuthMethod): string[] {
  if (method.kind !== 'oauth2') return []
  return [method.authorizationUrl, method.tokenUrl, method.revocationUrl].filter((url) => url !== undefined)
}
