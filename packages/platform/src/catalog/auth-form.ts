import type { AuthKind, AuthMethod } from '@inlay/engine'
import { z } from 'zod'

const secret = (title: string): z.ZodString => z.string().min(1).max(10_000).meta({ title, format: 'password' })

/** The fields that each kind of authentication brings; the connector may add its own. */
const KIND_FIELDS: Readonly<Record<AuthKind, z.ZodRawShape>> = {
  apiKey: { apiKey: secret('API key') },
  bearer: { token: secret('Token') },
  basic: { username: z.string().min(1).max(500).meta({ title: 'User name' }), password: secret('Password') },
  oauth2: {},
  custom: {},
}

const KIND_SECRETS: Readonly<Record<AuthKind, readonly string[]>> = {
  apiKey: ['apiKey'],
  bearer: ['token'],
  basic: ['password'],
  oauth2: [],
  custom: [],
}

/** Names of the fields that a kind of authentication brings by itself. */
export function kindFieldsOf(kind: AuthKind): readonly string[] {
  return Object.keys(KIND_FIELDS[kind])
}

/** The whole connection form of one way to connect. Secret fields have the format `password`. */
export function connectionFormSchema(method: AuthMethod): z.ZodObject {
  const secrets = secretFieldsOf(method)
  const own = Object.entries(method.fields?.shape ?? {}).map(([name, field]) => {
    // A zod object's shape holds zod types; its declaration says less.
    const type = field as z.ZodType
    return [name, secrets.has(name) ? type.meta({ ...type.meta(), format: 'password' }) : type] as const
  })
  return z.strictObject({ ...KIND_FIELDS[method.kind], ...Object.fromEntries(own) })
}

/** Names of the fields that must never be shown again. */
export function secretFieldsOf(method: AuthMethod): ReadonlySet<string> {
  return new Set([...KIND_SECRETS[method.kind], ...(method.secretFields ?? [])])
}
