import { createSign } from 'node:crypto'
import { type AuthValues, type HttpClient, type ServiceContext, StepError, service, z } from '@inlay/sdk/connector'
import { SCOPES } from './scopes.js'

/** What a call needs of the context of an action, trigger or loader. */
export interface GoogleContext extends ServiceContext {
  readonly auth: AuthValues
}

/** What of a service account's JSON key is needed. */
const keySchema = z.object({ client_email: z.string(), private_key: z.string(), private_key_id: z.string().optional() })
const tokens = service({ name: 'Google', refusal })
const TOKEN_URL = 'https://oauth2.googleapis.com/token'
const LIFETIME_SECONDS = 3600

/** The fields of a connection by service account. */
export const serviceAccountFields = z.object({
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

/** One token for each execution: it never outlives the credentials that it was made of. */
const known = new WeakMap<HttpClient, Promise<string>>()

/**
 * A context whose requests carry the token of a service account; that of other ways to connect as it is.
 *
 * @throws StepError `authentication` when the key is none, or Google does not take it
 */
export async function authorized(context: GoogleContext): Promise<ServiceContext> {
  const { auth, http, signal } = context
  if (auth.kind !== 'custom') return context
  const token = known.get(http) ?? exchange(context)
  known.set(http, token)
  const authorization = `Bearer ${await token}`
  return {
    signal,
    http: { request: (request) => http.request({ ...request, headers: { ...request.headers, authorization } }) },
  }
}

/** Swaps a signed assertion for an access token (RFC 7523). */
async function exchange(context: GoogleContext): Promise<string> {
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: assertionOf(context.auth, Math.floor(Date.now() / 1000)),
  }
  const answer = z.object({ access_token: z.string() })
  return (await tokens.call(context, { method: 'POST', url: TOKEN_URL, form, answer })).access_token
}

function assertionOf({ fields }: AuthValues, now: number): string {
  const { key, subject, scopes } = serviceAccountFields.parse(fields)
  const account = readKey(key)
  const header = { alg: 'RS256', typ: 'JWT', ...(account.private_key_id ? { kid: account.private_key_id } : {}) }
  const claims = {
    iss: account.client_email,
    scope: scopes || SCOPES.map(({ scope }) => scope).join(' '),
    aud: TOKEN_URL,
    iat: now,
    exp: now + LIFETIME_SECONDS,
    ...(subject ? { sub: subject } : {}),
  }
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  try {
    return `${content}.${createSign('RSA-SHA256').update(content).sign(account.private_key, 'base64url')}`
  } catch {
    throw badKey('Its private_key is not a key in PEM format.')
  }
}

function readKey(text: string): z.output<typeof keySchema> {
  try {
    return keySchema.parse(JSON.parse(text))
  } catch {
    throw badKey('It must be the JSON file that Google gave, with client_email and private_key.')
  }
}

/** Without the cause: a parser's message quotes what it could not read, which is a secret here. */
function badKey(detail: string): StepError {
  return new StepError('authentication', 'The key of the service account is not valid', { detail })
}

function refusal({ status, text }: { readonly status: number; readonly text: string }): StepError | undefined {
  if (status !== 400 && status !== 401) return undefined
  const said = /"error_description"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? text.slice(0, 200)
  return new StepError('authentication', 'Google did not accept the service account', {
    detail: said,
    data: { status },
  })
}
