import type { z } from 'zod'
import type { CustomerId } from '../ids.js'
import type { JsonObject } from '../json.js'
import type { HttpClient, HttpRequest, NetDoor } from './http.js'

/** The ways in which an account is connected. */
export const AUTH_KINDS = ['apiKey', 'bearer', 'basic', 'oauth2', 'custom'] as const
/** One of `AUTH_KINDS`. */
export type AuthKind = (typeof AUTH_KINDS)[number]

/** One way to connect an account; a connector may offer several. */
export type AuthMethod = ApiKeyAuth | BearerAuth | BasicAuth | OAuth2Auth | CustomAuth

/** What all ways to connect an account have. */
export interface AuthMethodCommon {
  /** Unique within the connector, and kept by connections: never rename it. */
  readonly id: string
  /** What people choose by: `API key`, `Sign in with Acme`. */
  readonly name: string
  /** Text above the connection form: where to find the key. */
  readonly help?: string
  /** Further fields of the connection form beside those of the kind (host and port for SMTP, the shop's name for Shopify). */
  readonly fields?: z.ZodObject
  /** Names in `fields` that are secret: stored encrypted, never returned. */
  readonly secretFields?: readonly string[]
  /** Calls the service once with the credentials; throws a `StepError` that says what is wrong. */
  test?(context: ConnectionTestContext): Promise<void>
  /** Tells which account the credentials belong to: shown to people, and how app-wide webhooks find their connections. */
  account?(context: ConnectionTestContext): Promise<ConnectedAccount>
  /**
   * Puts the credentials on a request to the service's own API, when the kind's usual way does not fit: header
   * `authorization: Bearer` for `bearer` and `oauth2`, `authorization: Basic` for `basic`, `placement` for `apiKey`.
   */
  sign?(request: HttpRequest, auth: AuthValues, session?: JsonObject): HttpRequest | Promise<HttpRequest>
  /**
   * Swaps the credentials for what requests carry, such as a token that lives for an hour; `sign` is given its `values`.
   * The platform keeps them in memory and shares them among the calls of a process, until they expire or the service
   * refuses them with status 401. Not for `oauth2`, whose tokens are kept and refreshed anyway.
   */
  session?(context: SessionContext): Promise<AuthSession>
}

/** What code is given that swaps credentials. */
export interface SessionContext {
  readonly auth: AuthValues
  /** Resolves URLs that begin with `/` against the connector's `api.baseUrl`; nothing is put on requests. */
  readonly http: HttpClient
  readonly signal: AbortSignal
}

/** What credentials were swapped for. */
export interface AuthSession {
  /** Secret: kept out of logs, errors and answers. */
  readonly values: JsonObject
  /** Milliseconds until they are good for nothing, at most a day. @default 600_000 */
  readonly expiresInMs?: number
}

/** A key that people copy from the service. */
export interface ApiKeyAuth extends AuthMethodCommon {
  readonly kind: 'apiKey'
  /** Where requests carry the key. @default the header `x-api-key` */
  readonly placement?: { readonly in: 'header' | 'query'; readonly name: string; readonly prefix?: string }
}

/** A token that people copy from the service, sent as `authorization: Bearer`. */
export interface BearerAuth extends AuthMethodCommon {
  readonly kind: 'bearer'
}

/** User name and password. */
export interface BasicAuth extends AuthMethodCommon {
  readonly kind: 'basic'
}

/** Credentials of the connector's own making: all of its `fields`, put on requests by its `sign`. */
export interface CustomAuth extends AuthMethodCommon {
  readonly kind: 'custom'
  readonly fields: z.ZodObject
}

/** OAuth 2 (RFC 6749, with the practice of RFC 9700). Client id and secret come from the operator or the tenant. */
export interface OAuth2Auth extends AuthMethodCommon {
  readonly kind: 'oauth2'
  /** @default 'authorization_code' */
  readonly grant?: 'authorization_code' | 'client_credentials'
  /** URLs may hold `{field}`, a value of the connection form, as `https://{shop}.myshopify.com/admin/oauth/authorize`. */
  readonly authorizationUrl?: string
  readonly tokenUrl: string
  /** Where tokens are revoked (RFC 7009) when a connection is deleted. */
  readonly revocationUrl?: string
  /** What the authorization server calls itself in `iss` (RFC 9207), when it does. */
  readonly issuer?: string
  readonly scopes: readonly OAuthScope[]
  /** @default ' ' */
  readonly scopeSeparator?: string
  /** PKCE with S256 (RFC 7636). @default true */
  readonly pkce?: boolean
  /** How the client proves itself at the token endpoint. @default 'body' */
  readonly clientAuthentication?: 'basic' | 'body'
  /** Further parameters of the authorization request, as `access_type: offline`. */
  readonly authorizationParams?: Readonly<Record<string, string>>
  readonly tokenParams?: Readonly<Record<string, string>>
  /** Lifetime of access tokens of services that do not tell. @default until refused */
  readonly expiresInSeconds?: number
}

/** A permission that people are asked for. */
export interface OAuthScope {
  readonly scope: string
  /** What it lets automations do, in the words of people. */
  readonly description: string
  /** People may leave it out; actions that need it say so. @default false */
  readonly optional?: boolean
}

/** Opened credentials, as an action sees them. `method` is the `AuthMethod.id`; `fields` are the form's own fields. */
export type AuthValues = { readonly method?: string; readonly fields: JsonObject } & (
  | { readonly kind: 'none' }
  | { readonly kind: 'apiKey'; readonly apiKey: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | OAuthValues
  | { readonly kind: 'custom' }
)

/** Opened credentials of an `oauth2` connection: the access token is fresh. */
export interface OAuthValues {
  readonly kind: 'oauth2'
  readonly accessToken: string
  /** What was granted, which may be less than was asked for. */
  readonly scopes: readonly string[]
  /** What else the token endpoint said and is no token, such as `instance_url` of Salesforce. */
  readonly extra: JsonObject
}

/** An account of the service. */
export interface ConnectedAccount {
  /** The service's own id of it: a workspace, a shop, an organisation. */
  readonly id: string
  /** What people know it by: `Acme Ltd`, `kim@acme.com`. */
  readonly label: string
}

/** What a test of a connection is given. */
export interface ConnectionTestContext {
  readonly auth: AuthValues
  /** Resolves URLs that begin with `/` against the connector's `api.baseUrl`, with credentials. */
  readonly http: HttpClient
  readonly net: NetDoor
  readonly signal: AbortSignal
  /** On whose behalf; absent where it is not known, as in tests of connectors. */
  readonly caller?: ConnectorCaller
}

/** On whose behalf a connector's code runs. */
export interface ConnectorCaller {
  readonly customerId: CustomerId
  /** What the vendor's own product calls the customer, where that is known. */
  readonly externalId?: string
}
