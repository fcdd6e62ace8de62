import { createPrivateKey, type KeyObject } from 'node:crypto'
import { type AuthMethodCommon, type AuthValues, type CustomAuth, StepError } from '@inlay/engine'
import { z } from 'zod'
import { jwtBearerSession } from './jwt-bearer.js'

/** A service whose accounts for machines sign for themselves. */
export interface ServiceAccountOptions extends Pick<AuthMethodCommon, 'help' | 'test' | 'account'> {
  /** As people write it; errors name it. */
  readonly service: string
  /** Where signed assertions are swapped for tokens (RFC 7523). */
  readonly tokenUrl: string
  /** What tokens are asked for, unless the connection says otherwise. */
  readonly scopes: readonly string[]
}

const fields = z.object({
  key: z.string().min(1).meta({ title: 'Key', description: 'The JSON file of the key, as text.', format: 'password' }),
  subject: z
    .string()
    .optional()
    .meta({
      title: 'On behalf of',
      description: 'A person of your organisation, when its administrator lets the account act for others.',
      examples: ['kim@acme.example'],
    }),
  scopes: z.string().optional().meta({
    title: 'Scopes',
    description: 'Separated by spaces. By default all that the actions need.',
  }),
})

/**
 * The way to connect by the JSON key of a service account, as Google gives it: a token of the account, or of a person
 * for whom it may act, is got as needed and shared by all calls.
 */
export function serviceAccountAuth(options: ServiceAccountOptions): CustomAuth {
  const { service, tokenUrl, scopes, ...described } = options
  return {
    kind: 'custom',
    id: 'serviceAccount',
    name: 'Service account',
    fields,
    secretFields: ['key'],
    session: (context) => jwtBearerSession(context, { service, tokenUrl, ...readAccount(options, context.auth) }),
    sign: (request, _auth, session) => ({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${String(session?.['accessToken'])}` },
    }),
    ...described,
  }
}

/** What of the JSON key is needed. */
const keySchema = z.object({ client_email: z.string(), private_key: z.string(), private_key_id: z.string().optional() })

function readAccount({ service, scopes }: ServiceAccountOptions, auth: AuthValues) {
  const given = fields.parse(auth.fields)
  const { client_email, private_key, private_key_id } = readKey(service, given.key)
  return {
    issuer: client_email,
    subject: given.subject || undefined,
    scope: given.scopes || scopes.join(' '),
    privateKey: readPem(private_key),
    keyId: private_key_id || undefined,
  }
}

function readKey(service: string, text: string): z.output<typeof keySchema> {
  try {
    return keySchema.parse(JSON.parse(text))
  } catch {
    throw badKey(`It must be the JSON file that ${service} gave, with client_email and private_key.`)
  }
}

function readPem(text: string): KeyObject {
  try {
    return createPrivateKey(text)
  } catch {
    throw badKey('Its private_key is not a key in PEM format.')
  }
}

/** Without the cause: a parser's message quotes what it could not read, which is a secret here. */
function badKey(detail: string): StepError {
  return new StepError('authentication', 'The key of the service account is not valid', { detail })
}
