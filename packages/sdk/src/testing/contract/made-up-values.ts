import {
  type AuthMethod,
  type AuthValues,
  type Connector,
  type JsonObject,
  type JsonValue,
  jsonObject,
} from '@inlay/engine'
import type { z } from 'zod'
import { jsonSchemaOf } from './schema-checks.js'

/** What credentials hold during checks: it must turn up nowhere but at the service. */
export const CANARY = 'canary-of-the-contract-check'

const USERNAME = 'kim@example.com'

/** The canary as requests carry it: as it is, or with a user's name in basic authentication. */
export const CANARIES = [CANARY, Buffer.from(`${USERNAME}:${CANARY}`).toString('base64')]

/** Credentials for each way to connect; each secret of them is the canary. */
export function madeUpAuths({ auth }: Connector): [AuthValues, ...AuthValues[]] {
  const [first, ...others] = auth.map(madeUpAuth)
  return [first ?? { kind: 'none', fields: {} }, ...others]
}

function madeUpAuth(method: AuthMethod): AuthValues {
  const common = { method: method.id, fields: madeUpFields(method) }
  switch (method.kind) {
    case 'apiKey':
      return { ...common, kind: 'apiKey', apiKey: CANARY }
    case 'bearer':
      return { ...common, kind: 'bearer', token: CANARY }
    case 'basic':
      return { ...common, kind: 'basic', username: USERNAME, password: CANARY }
    case 'oauth2':
      return {
        ...common,
        kind: 'oauth2',
        accessToken: CANARY,
        scopes: method.scopes.map(({ scope }) => scope),
        extra: {},
      }
    case 'custom':
      return { ...common, kind: 'custom' }
  }
}

function madeUpFields({ fields, secretFields = [] }: AuthMethod): JsonObject {
  if (fields === undefined) return {}
  const secrets = Object.fromEntries(secretFields.map((name) => [name, CANARY]))
  return { ...madeUpObject(jsonSchemaOf(fields, 'input')), ...secrets }
}

/** An input from the examples of a form's fields; undefined when they do not make one. */
export function madeUpInput(type: z.ZodType): unknown {
  for (const candidate of [{}, madeUpObject(jsonSchemaOf(type, 'input'))]) {
    if (type.safeParse(candidate).success) return candidate
  }
  return undefined
}

function madeUpObject(schema: JsonObject): JsonObject {
  const { properties, required } = schema
  const names = Array.isArray(required) ? required : []
  const fields = Object.entries(jsonObject.safeParse(properties).data ?? {}).filter(([name]) => names.includes(name))
  return Object.fromEntries(fields.map(([name, field]) => [name, madeUpValue(jsonObject.safeParse(field).data ?? {})]))
}

function madeUpValue(field: JsonObject): JsonValue {
  const { examples, default: usual, enum: choices, const: only, type, format } = field
  const first =
    only ??
    (Array.isArray(examples) ? examples[0] : undefined) ??
    usual ??
    (Array.isArray(choices) ? choices[0] : undefined)
  if (first !== undefined) return first
  switch (type) {
    case 'integer':
    case 'number':
      return typeof field['minimum'] === 'number' ? Math.max(1, field['minimum']) : 1
    case 'boolean':
      return true
    case 'array':
      return [madeUpValue(jsonObject.safeParse(field['items']).data ?? {})]
    case 'object':
      return madeUpObject(field)
    default:
      return format === 'uri' ? 'https://acme.example' : format === 'email' ? 'kim@example.com' : 'acme'
  }
}
