import type { JsonObject, OAuth2Auth } from '@inlay/engine'
import { isWithoutPerson } from '../tokens/new-tokens.js'
import type { ResolvedClient } from './service.js'

/**
 * The app that a connection's own form names, in fields `clientId` and `clientSecret`: at many services customers make an
 * app of their own for access without a person. Never where a browser is sent, as the code would be for anybody's app.
 */
export function fieldClient(method: OAuth2Auth, fields: JsonObject): ResolvedClient | undefined {
  if (!isWithoutPerson(method) || !Object.hasOwn(method.fields?.shape ?? {}, 'clientId')) return undefined
  const { clientId, clientSecret } = fields
  if (typeof clientId !== 'string' || clientId === '') return undefined
  const hasSecret = typeof clientSecret === 'string' && clientSecret !== ''
  return { source: 'connection', clientId, ...(hasSecret ? { clientSecret } : {}) }
}
