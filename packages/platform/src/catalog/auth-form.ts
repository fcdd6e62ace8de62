import type { AuthKind, ConnectorAuth } from '@inlay/engine'
import { z } from 'zod'

const secret = (title: string): z.ZodString => z.string().min(1).max(10_000).meta({ title, format: 'password' })

/** The fields that each kind of authentication brings; the connector may add its own. */
const KIND_FIELDS: Readonly<Record<AuthKind, z.ZodRawShape>> = {
  none: {},
  apiKey: { apiKey: secret('API key') },
  bearer: { token: secret('Token') },
  basic: { username: z.string().min(1).max(500).meta({ title: 'User name' }), password: secret('Password') },
}

const KIND_SECRETS: Readonly<Record<AuthKind, readonly string[]>> = {
  none: [],
  apiKey: ['apiKey'],
  bearer: ['token'],
  basic: ['password'],
}

/** The whole connection form of a connector. */
export function connectionFormSchema(auth: ConnectorAuth): z.ZodObject {
  return z.strictObject({ ...KIND_FIELDS[auth.kind], ...auth.fields?.shape })
}

/** Names of the fields that must never be shown again. */
export function secretFieldsOf(auth: ConnectorAuth): ReadonlySet<string> {
  return new Set([...KIND_SECRETS[auth.kind], ...(auth.secretFields ?? [])])
}
