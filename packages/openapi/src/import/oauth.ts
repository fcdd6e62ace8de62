import type { JsonObject } from '@inlay/engine'
import type { ImportedAuth } from '../imported-connector.js'
import { isObject, objectOr, textOr } from '../json.js'
import type { Notes } from '../notes.js'

interface OAuthContext {
  readonly pointer: string
  readonly notes: Notes
  readonly documentUrl: string | undefined
}

/** The flow of a scheme that can be carried; undefined when an access token has to be entered by hand. */
export function readOAuth(scheme: JsonObject, context: OAuthContext): ImportedAuth['oauth'] | undefined {
  const flows = objectOr(scheme['flows'])
  const { pointer, notes } = context
  for (const name of ['implicit', 'password', 'deviceAuthorization']) {
    if (flows[name] === undefined) continue
    notes.add(
      'left_out',
      `${pointer}/flows/${name}`,
      `The flow "${name}" hands tokens or passwords to where they do not belong (RFC 9700).`,
    )
  }
  const code = readCode(flows, context)
  if (code !== undefined) return code
  const client = flows['clientCredentials']
  const tokenUrl = isObject(client) ? addressOf(client, 'tokenUrl', context) : undefined
  if (isObject(client) && tokenUrl !== undefined)
    return { grant: 'client_credentials', tokenUrl, scopes: scopesOf(client) }
  notes.add('changed', pointer, 'No flow of OAuth 2 is left: people enter an access token instead.')
  return undefined
}

function readCode(flows: JsonObject, context: OAuthContext): ImportedAuth['oauth'] | undefined {
  const flow = flows['authorizationCode']
  if (!isObject(flow)) return undefined
  const authorizationUrl = addressOf(flow, 'authorizationUrl', context)
  const tokenUrl = addressOf(flow, 'tokenUrl', context)
  if (authorizationUrl === undefined || tokenUrl === undefined) return undefined
  return { grant: 'authorization_code', authorizationUrl, tokenUrl, scopes: scopesOf(flow) }
}

/** An address that browsers and servers may be sent to: never `javascript:`, never in clear text. */
function addressOf(flow: JsonObject, name: string, { pointer, notes, documentUrl }: OAuthContext): string | undefined {
  const given = textOr(flow[name])?.trim() ?? ''
  const url = URL.canParse(given, documentUrl) ? new URL(given, documentUrl) : undefined
  if (url?.protocol === 'https:' && url.username === '' && !/[{}]|%7B/i.test(given)) return url.href
  notes.add('left_out', `${pointer}/flows`, `"${given.slice(0, 200)}" is no ${name} that begins with https.`)
  return undefined
}

function scopesOf(flow: JsonObject): { scope: string; description: string }[] {
  return Object.entries(objectOr(flow['scopes'])).map(([scope, description]) => ({
    scope,
    description: (textOr(description) ?? '').trim().slice(0, 500) || scope,
  }))
}
