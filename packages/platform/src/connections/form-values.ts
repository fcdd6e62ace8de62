/** What people fill in when they connect an account: checked, split into shown and secret, and made into credentials. */
import type { AuthValues, Connector, JsonObject } from '@inlay/engine'
import { connectionFormSchema, secretFieldsOf } from '../catalog/index.js'
import { connectionIncomplete } from './errors.js'

const KIND_FIELDS = new Set(['apiKey', 'token', 'username', 'password'])

/** @throws UserError `connection.invalid` that names the fields and never repeats a value */
export function parseValues(connector: Connector, values: JsonObject): JsonObject {
  const parsed = connectionFormSchema(connector.auth).safeParse(values)
  // The form's fields are JSON types, so what they parse to is JSON.
  if (parsed.success) return parsed.data as JsonObject
  throw connectionIncomplete(
    parsed.error.issues.map(({ path, message }) => ({ pointer: `/values/${path.map(String).join('/')}`, message })),
  )
}

/** What may be shown again, and what must not. */
export function splitValues(connector: Connector, values: JsonObject): { shown: JsonObject; secret: JsonObject } {
  const secrets = secretFieldsOf(connector.auth)
  const entries = Object.entries(values)
  return {
    shown: Object.fromEntries(entries.filter(([name]) => !secrets.has(name))),
    secret: Object.fromEntries(entries.filter(([name]) => secrets.has(name))),
  }
}

/** Credentials as actions see them. */
export function toAuth(connector: Connector, values: JsonObject): AuthValues {
  const fields = Object.fromEntries(Object.entries(values).filter(([name]) => !KIND_FIELDS.has(name)))
  const text = (name: string): string => String(values[name] ?? '')
  switch (connector.auth.kind) {
    case 'apiKey':
      return { kind: 'apiKey', apiKey: text('apiKey'), fields }
    case 'bearer':
      return { kind: 'bearer', token: text('token'), fields }
    case 'basic':
      return { kind: 'basic', username: text('username'), password: text('password'), fields }
    case 'none':
      return { kind: 'none', fields }
  }
}
