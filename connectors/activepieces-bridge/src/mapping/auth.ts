import {
  type AuthDefinition,
  type AuthMethod,
  type AuthValues,
  type ConnectionTestContext,
  fromJsonSchema,
  type JsonObject,
  z,
} from '@inlay/sdk/connector'
import type { PieceAuthMethod, PieceDescription, PieceProperty } from '../description.js'
import type { PieceAuth } from '../protocol.js'
import { objectSchema } from './properties.js'

/** A way to connect, with its place in the piece. */
export interface MappedAuth {
  readonly id: string
  readonly index: number
  readonly method: PieceAuthMethod
}

const KINDS: Readonly<Record<string, AuthMethod['kind']>> = {
  SECRET_TEXT: 'apiKey',
  BASIC_AUTH: 'basic',
  CUSTOM_AUTH: 'custom',
  OAUTH2: 'oauth2',
}

/** The ways to connect of a piece; of the first generation, those that its actions and triggers carry. */
export function authOf({ auth, actions, triggers }: PieceDescription): readonly MappedAuth[] {
  const own = [...actions, ...triggers].flatMap(({ ownAuth }) => ownAuth)
  const methods = auth.length > 0 ? auth : mergeOwn(own)
  const used = new Map<string, number>()
  return methods
    .map((method, index) => ({ method, index }))
    .filter(({ method }) => Object.hasOwn(KINDS, method.type))
    .map(({ method, index }) => {
      const kind = KINDS[method.type] ?? 'custom'
      const count = (used.get(kind) ?? 0) + 1
      used.set(kind, count)
      return { method, index, id: count === 1 ? kind : `${kind}${count}` }
    })
}

/** Actions of one piece ask for the same credentials, and may ask for further scopes. */
function mergeOwn(own: readonly PieceAuthMethod[]): readonly PieceAuthMethod[] {
  const merged = new Map<string, PieceAuthMethod>()
  for (const method of own) {
    const known = merged.get(method.type)
    const scope = [...new Set([...(known?.scope ?? []), ...method.scope])]
    merged.set(method.type, { ...method, ...known, scope })
  }
  return [...merged.values()]
}

/** @param validate calls the piece's own check of credentials */
export function toAuthDefinition(
  { id, method }: MappedAuth,
  validate: (context: ConnectionTestContext) => Promise<void>,
): AuthDefinition {
  const { type, displayName, description, fields, canValidate } = method
  const secretFields = fields.filter(({ type: field }) => field === 'SECRET_TEXT').map(({ name }) => name)
  const common = {
    id,
    ...(displayName === undefined || displayName === '' ? {} : { name: displayName }),
    ...(description === undefined ? {} : { help: description }),
    ...(canValidate ? { test: validate } : {}),
    ...(fields.length === 0 ? {} : { fields: fieldsOf(fields), secretFields }),
  }
  switch (KINDS[type]) {
    case 'apiKey':
      return { ...common, kind: 'apiKey' }
    case 'basic':
      return { ...common, kind: 'basic' }
    case 'oauth2':
      return { ...common, kind: 'oauth2', ...oauthOf(method) }
    default:
      return { fields: z.object({}), ...common, kind: 'custom' }
  }
}

function oauthOf({ authUrl, tokenUrl = '', scope, pkce, prompt, extra, ...method }: PieceAuthMethod) {
  const params = { ...extra, ...(prompt === undefined || prompt === 'omit' ? {} : { prompt }) }
  return {
    grant:
      method.grantType === 'client_credentials' ? ('client_credentials' as const) : ('authorization_code' as const),
    ...(authUrl === undefined ? {} : { authorizationUrl: authUrl }),
    tokenUrl,
    scopes: scope.map((name) => ({ scope: name, description: name })),
    pkce,
    clientAuthentication: method.authorizationMethod === 'HEADER' ? ('basic' as const) : ('body' as const),
    authorizationParams: params,
  }
}

function fieldsOf(fields: readonly PieceProperty[]): z.ZodObject {
  const { properties = {}, required } = objectSchema(fields)
  // `objectSchema` makes an object of objects, and a list of names.
  const schemas = Object.entries(properties as Readonly<Record<string, JsonObject>>)
  const names = required as readonly string[]
  return z.object(
    Object.fromEntries(
      schemas.map(([name, schema]) => [
        name,
        names.includes(name) ? fromJsonSchema(schema) : fromJsonSchema(schema).optional(),
      ]),
    ),
  )
}

/** Opened credentials as pieces know them; undefined when there is no connection. */
export function toPieceAuth(auth: AuthValues): PieceAuth | undefined {
  switch (auth.kind) {
    case 'none':
      return undefined
    case 'apiKey':
      return { type: 'SECRET_TEXT', secret_text: auth.apiKey }
    case 'bearer':
      return { type: 'SECRET_TEXT', secret_text: auth.token }
    case 'basic':
      return { type: 'BASIC_AUTH', username: auth.username, password: auth.password }
    case 'custom':
      return { type: 'CUSTOM_AUTH', props: auth.fields }
    case 'oauth2':
      return {
        type: 'OAUTH2',
        access_token: auth.accessToken,
        token_type: 'Bearer',
        scope: auth.scopes.join(' '),
        props: auth.fields,
        data: auth.extra,
      }
  }
}
