/** What people fill in when they connect an account: checked, split into shown and secret, and made into credentials. */
import type { AuthKind, AuthMethod, AuthValues, JsonObject } from '@inlay/engine'
import { connectionFormSchema, kindFieldsOf, secretFieldsOf } from '../catalog/auth-form.js'
import { connectionIncomplete } from './errors.js'
import type { OAuthTokens } from './tokens.js'

/** @throws UserError `connection.invalid` that names the fields and never repeats a value */
export function parseValues(method: AuthMethod, values: JsonObject): JsonObject {
  const parsed = connectionFormSchema(method).safeParse(values)
  // The form's fields are JSON types, so what they parse to is JSON.
  if (parsed.success) return parsed.data as JsonObject
  throw connectionIncomplete(
    parsed.error.issues.map(({ path, message }) => ({ pointer: `/values/${path.map(String).join('/')}`, message })),
  )
}

/** What may be shown again, and what must not. */
export function splitValues(method: AuthMethod, values: JsonObject): { shown: JsonObject; secret: JsonObject } {
  const secrets = secretFieldsOf(method)
  const entries = Object.entries(values)
  return {
    shown: Object.fromEntries(entries.filter(([name]) => !secrets.has(name))),
    secret: Object.fromEntries(entries.filter(([name]) => secrets.has(name))),
  }
}

/** An account's opened credentials. */
export interface OpenedSecrets {
  readonly method: string | null
  /** Null: connected before connectors had several ways. */
  readonly kind: AuthKind | null
  readonly values: JsonObject
  /** Of kind `oauth2`. */
  readonly tokens?: OAuthTokens | undefined
}

/** Credentials as actions see them. */
export function toAuth({ method, kind: given, values, tokens }: OpenedSecrets): AuthValues {
  const kind = given ?? kindOf(values)
  const own = kindFieldsOf(kind)
  const fields = Object.fromEntries(Object.entries(values).filter(([name]) => !own.includes(name)))
  const text = (name: string): string => String(values[name] ?? '')
  const common = { fields, ...(method === null ? {} : { method }) }
  switch (kind) {
    case 'apiKey':
      return { ...common, kind, apiKey: text('apiKey') }
    case 'bearer':
      return { ...common, kind, token: text('token') }
    case 'basic':
      return { ...common, kind, username: text('username'), password: text('password') }
    case 'oauth2': {
      const { accessToken = '', scopes = [], extra = {} } = tokens ?? {}
      return { ...common, kind, accessToken, scopes, extra }
    }
    case 'custom':
      return { ...common, kind }
  }
}

/** What a connection is that was made when connectors had one way each, of these four kinds. */
function kindOf(values: JsonObject): AuthKind {
  if ('apiKey' in values) return 'apiKey'
  if ('token' in values) return 'bearer'
  return 'username' in values && 'password' in values ? 'basic' : 'custom'
}
