import {
  type AuthValues,
  type ConnectedAccount,
  createServiceClient,
  type JsonObject,
  type OAuth2Auth,
  Redactor,
} from '@inlay/engine'
import { callConnector } from '../../catalog/index.js'
import { type AccountDoorsDeps, type AskedAccount, accountDoors, type OAuthTokens } from '../../connections/index.js'

const TIMEOUT_MS = 15_000
const MAX_LENGTH = 500

/** What was granted, and by which connector's means to ask whose it is. */
export interface GrantedAccess extends AskedAccount {
  readonly method: OAuth2Auth
  readonly fields: JsonObject
  readonly tokens: OAuthTokens
}

/**
 * Whose account was granted, so that people see before they confirm which one it is; undefined when the connector cannot
 * tell. @throws StepError what the service says when the token does not work
 */
export async function grantedAccount(
  { method, fields, tokens, ...asked }: GrantedAccess,
  deps: AccountDoorsDeps,
): Promise<ConnectedAccount | undefined> {
  if (method.account === undefined) return undefined
  const { connector } = asked
  const { http, net } = accountDoors(deps, asked)
  const { accessToken, scopes, extra } = tokens
  const auth: AuthValues = { kind: 'oauth2', method: method.id, fields, accessToken, scopes, extra }
  const redactor = new Redactor(connector)
  redactor.learn(auth)
  const client = createServiceClient({ connector, auth, http })
  const account = await callConnector(connector.name, TIMEOUT_MS, async (signal) =>
    method.account?.({ auth, http: client, net, signal }),
  ).catch((error: unknown) => {
    // It is logged, and services repeat what they are sent.
    throw redactor.failure(error)
  })
  if (account === undefined) return undefined
  // A connector may give anything; what is kept and shown is short text.
  return { id: String(account.id).slice(0, MAX_LENGTH), label: String(account.label).slice(0, MAX_LENGTH) }
}
