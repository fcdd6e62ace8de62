import type { AuthValues } from '../contracts/connector.js'
import type { JsonObject } from '../contracts/json.js'

/** Credentials as they go over the wire: to the vendor's own backend, over TLS, in a signed call. */
export function wireAuth(auth: AuthValues): { kind: string; fields: JsonObject } {
  return { ...auth }
}
