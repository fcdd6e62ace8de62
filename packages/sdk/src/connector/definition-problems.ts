import type { AuthMethod, Connector, ConnectorAction, ConnectorTrigger } from '@inlay/engine'
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

/** What is wrong with the ways to connect an account. */
export function authProblems({ auth, api }: Connector): string[] {
  const ids = auth.map(({ id }) => id)
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index)
  return [
    ...repeated.map((id) => `two ways to connect have the id "${id}"`),
    ...auth.flatMap((method) => methodProblems(method, api !== undefined)),
  ]
}

function methodProblems(method: AuthMethod, hasApi: boolean): string[] {
  const fields: object = method.fields?.shape ?? {}
  const named = `the way to connect "${method.id}"`
  const needsAuthorization = method.kind === 'oauth2' && method.grant !== 'client_credentials'
  return [
    ...(method.secretFields ?? [])
      .filter((field) => !Object.hasOwn(fields, field))
      .map((field) => `secretFields of ${named} names "${field}", which is not in its fields`),
    ...(needsAuthorization && method.authorizationUrl === undefined ? [`${named} needs an authorizationUrl`] : []),
    ...(method.kind === 'custom' && hasApi && method.sign === undefined ? [`${named} needs \`sign\``] : []),
  ]
}
