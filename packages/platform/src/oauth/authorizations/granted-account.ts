import {
  type AuthValues,
  type ConnectedAccount,
  type Connector,
  createServiceClient,
  type HttpClient,
  type JsonObject,
  type NetDoor,
  type OAuth2Auth,
} from '@inlay/engine'
import { callConnector } from '../../catalog/index.js'
import type { OAuthTokens } from '../../connections/index.js'

const TIMEOUT_MS = 15_000
const MAX_LENGTH = 500

/** What was granted, and by which connector's means to ask whose it is. */
export interface GrantedAccess {
  readonly connector: Connector
  readonly method: OAuth2Auth
  readonly fields: JsonObject
  readonly tokens: OAuthTokens
}

/**
 * Whose account was granted, so that people see before they confirm which one it is; undefined when the connector cannot
 * tell. @throws StepError what the service says when the token does not work
 */
export async function grantedAccount(
  { connector, method, fields, tokens }: GrantedAccess,
  { http, net }: { readonly http: HttpClient; readonly net: NetDoor },
): Promise<ConnectedAccount | undefined> {
  if (method.account === undefined) return undefined
  const { accessToken, scopes, extra } = tokens
  const auth: AuthValues = { kind: 'oauth2', method: method.id, fields, accessToken, scopes, extra }
  const client = createServiceClient({ connector, auth, http })
  const account = await callConnector(connector.name, TIMEOUT_MS, async (signal) =>
    method.account?.({ auth, http: client, net, signal }),
  )
  if (account === undefined) return undefined
  // A connector may give anything; what is kept and shown is short text.
  return { id: String(account.id).slice(0, MAX_LENGTH), label: String(account.label).slice(0, MAX_LENGTH) }
}
