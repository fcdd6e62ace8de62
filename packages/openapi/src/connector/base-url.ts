import { type AuthValues, type JsonObject, StepError } from '@inlay/engine'
import { SERVER_FIELD } from '../import/servers.js'
import type { ImportedConnector, ImportedField } from '../imported-connector.js'
import { own } from '../json.js'

/** The address of the service for an account: a text when it is the same for all, else made from the connection. */
export function baseUrlFor({ servers, serverFields }: ImportedConnector): string | ((auth: AuthValues) => string) {
  const [first] = servers
  const template = first?.url ?? ''
  if (serverFields.length === 0) return template
  return ({ fields }) => {
    const chosen = fieldValue(serverFields, SERVER_FIELD, fields)
    const server = servers.find(({ url }) => url === chosen) ?? first
    return (server?.url ?? '')
      .replace(/\{([^{}]+)\}/g, (_, name: string) => checked(name, serverFields, fields))
      .replace(/\/+$/, '')
  }
}

function fieldValue(serverFields: readonly ImportedField[], name: string, fields: JsonObject): string {
  const given = own(fields, name)
  const field = serverFields.find((one) => one.name === name)
  return typeof given === 'string' && given !== '' ? given : (field?.default ?? '')
}

/** What each form of field may hold. A host's part can not bring a path, a port or another host. */
export const FIELD_PATTERNS = {
  host: /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,250}[A-Za-z0-9])?$/,
  path: /^[A-Za-z0-9._~/-]{1,500}$/,
  url: /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#\\]*)?$/,
} as const

function checked(name: string, serverFields: readonly ImportedField[], fields: JsonObject): string {
  const value = fieldValue(serverFields, name, fields)
  const form = serverFields.find((one) => one.name === name)?.form ?? 'host'
  const isRight = form === 'text' || form === 'secret' || FIELD_PATTERNS[form].test(value)
  if (isRight && !/(^|\/)\.\.?(\/|$)/.test(value)) return form === 'url' ? value.replace(/\/+$/, '') : value
  throw new StepError('validation', `The connection's "${name}" does not make an address`, {
    detail:
      value === ''
        ? 'It is empty. Set it in the connection.'
        : `It is "${value.slice(0, 100)}". Correct it in the connection.`,
  })
}
