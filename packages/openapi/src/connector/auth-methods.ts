import { type AuthValues, type HttpRequest, StepError } from '@inlay/engine'
import { type AuthDefinition, z } from '@inlay/sdk/connector'
import type { ImportedAuth, ImportedConnector, ImportedCredential, ImportedField } from '../imported-connector.js'
import { own, textOr } from '../json.js'
import { assertGood } from './answer.js'
import { awsSigner } from './aws-signature.js'
import { FIELD_PATTERNS } from './base-url.js'
import { toRequest } from './request.js'

/** The ways to connect, with the fields that the service's address needs. */
export function authMethods(imported: ImportedConnector): AuthDefinition[] {
  return imported.auth.map((method) => authMethod(method, imported))
}

function authMethod(method: ImportedAuth, imported: ImportedConnector): AuthDefinition {
  const fields = [
    ...method.fields,
    ...imported.serverFields.filter(({ name }) => !method.fields.some((field) => field.name === name)),
  ]
  const shape = z.object(Object.fromEntries(fields.map((field) => [field.name, formField(field)])))
  const secretFields = fields.filter(({ form }) => form === 'secret').map(({ name }) => name)
  const test = testOf(imported)
  const common = {
    id: method.id,
    name: method.name,
    ...(method.help === undefined ? {} : { help: method.help }),
    ...(fields.length === 0 ? {} : { fields: shape }),
    ...(secretFields.length === 0 ? {} : { secretFields }),
    ...(test === undefined ? {} : { test }),
    sign: signerOf(method),
  }
  switch (method.kind) {
    case 'custom':
      return { ...common, kind: 'custom', fields: shape }
    case 'oauth2':
      return { ...common, kind: 'oauth2', ...oauthOf(method) }
    default:
      return { ...common, kind: method.kind }
  }
}

function oauthOf({ oauth }: ImportedAuth) {
  const { grant = 'authorization_code', authorizationUrl, tokenUrl = '', scopes = [] } = oauth ?? {}
  // Services ask for many: only what actions need is asked for unless people choose more.
  const offered = scopes.map((scope) => ({ ...scope, optional: scopes.length > 10 }))
  return { grant, tokenUrl, scopes: offered, ...(authorizationUrl === undefined ? {} : { authorizationUrl }) }
}

function formField({ title, description, default: preset, choices, form }: ImportedField): z.ZodType {
  const meta = {
    title,
    ...(description === undefined ? {} : { description }),
    ...(form === 'secret' ? { format: 'password' } : {}),
  }
  const [first, ...others] = choices ?? []
  const text =
    form === 'text' || form === 'secret' ? z.string().max(10_000) : z.string().max(2000).regex(FIELD_PATTERNS[form])
  const value = first === undefined ? (preset === '' ? text : text.min(1)) : z.enum([first, ...others])
  const isKnown = preset !== undefined && (choices === undefined || choices.includes(preset))
  // Zod's default gives the value where people left it out; the cast is of a text that the enum was just seen to hold.
  return isKnown ? value.meta(meta).default(preset as never) : value.meta(meta)
}

function signerOf(method: ImportedAuth): (request: HttpRequest, auth: AuthValues) => HttpRequest {
  if (method.signature !== undefined) return awsSigner()
  return (request, auth) =>
    method.credentials.reduce(
      (signed, credential) => withCredential(signed, credential, secretOf(credential, auth)),
      request,
    )
}

function secretOf({ from, field = '' }: ImportedCredential, auth: AuthValues): string {
  if (from === 'field') return textOr(own(auth.fields, field)) ?? ''
  switch (auth.kind) {
    case 'apiKey':
      return auth.apiKey
    case 'bearer':
      return auth.token
    case 'oauth2':
      return auth.accessToken
    case 'basic':
      return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`
    default:
      return ''
  }
}

function withCredential(
  request: HttpRequest,
  { in: place, name, prefix = '' }: ImportedCredential,
  secret: string,
): HttpRequest {
  const value = `${prefix}${secret}`
  if (/[\r\n\0]/.test(value)) {
    throw new StepError('authentication', 'The credentials hold line breaks', {
      detail: 'Enter them again in the connection, without any.',
    })
  }
  if (place === 'header') return withHeader(request, name.toLowerCase(), value)
  if (place === 'cookie') {
    const others = request.headers?.['cookie']
    const cookie = `${name}=${encodeURIComponent(value)}`
    return withHeader(request, 'cookie', others === undefined ? cookie : `${others}; ${cookie}`)
  }
  // Written into the address as it is: the client's own writing would encode what is there a second way.
  const [url = '', fragment] = request.url.split('#')
  const pair = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
  return {
    ...request,
    url: `${url}${url.includes('?') ? '&' : '?'}${pair}${fragment === undefined ? '' : `#${fragment}`}`,
  }
}

function withHeader(request: HttpRequest, name: string, value: string): HttpRequest {
  const others = Object.entries(request.headers ?? {}).filter(([given]) => given.toLowerCase() !== name)
  return { ...request, headers: { ...Object.fromEntries(others), [name]: value } }
}

/** Calls the operation that shows whether credentials work; undefined when the document has none. */
function testOf(imported: ImportedConnector): AuthDefinition['test'] {
  const operation = imported.operations.find(({ id }) => id === imported.testOperation)
  if (operation === undefined) return undefined
  return async (context) => {
    const noFiles = { write: refuseFiles, read: refuseFiles }
    const request = await toRequest(operation, {}, { http: context.http, signal: context.signal, files: noFiles })
    assertGood(imported.name, operation, await context.http.request(request))
  }
}

async function refuseFiles(): Promise<never> {
  throw new StepError('bug', 'A test of a connection has no files')
}
