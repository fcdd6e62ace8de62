import type { Socket } from 'node:net'
import type { z } from 'zod'
import type { JsonObject, JsonValue } from './json.js'

/** A versioned package of actions and triggers for one service. Made by `defineConnector` of `@inlay/sdk/connector`. */
export interface Connector {
  /** Lower-case letters, digits and `-`, unique in a deployment: `slack`. */
  readonly id: string
  /** Semantic version. */
  readonly version: string
  /** The service's name as people write it: `Slack`. */
  readonly name: string
  readonly description: string
  /** An inline SVG document, drawn at 24 by 24. */
  readonly icon?: string
  readonly auth: ConnectorAuth
  readonly actions: Readonly<Record<string, ConnectorAction>>
  readonly triggers: Readonly<Record<string, ConnectorTrigger>>
}

/** The ways in which a connection is made. */
export const AUTH_KINDS = ['none', 'apiKey', 'bearer', 'basic'] as const
/** One of `AUTH_KINDS`. */
export type AuthKind = (typeof AUTH_KINDS)[number]

/** How a connection to the service is made. */
export interface ConnectorAuth {
  readonly kind: AuthKind
  /** Whether actions may run without a connection. @default false, but true for `none` */
  readonly optional?: boolean
  /** Text above the connection form: where to find the key. */
  readonly help?: string
  /** Further non-secret or secret fields of the connection form beside those of the kind (e.g. host and port for SMTP). */
  readonly fields?: z.ZodObject
  /** Names in `fields` that are secret: stored encrypted, never returned. */
  readonly secretFields?: readonly string[]
  /** Calls the service once with the credentials; throws a `StepError` that says what is wrong. */
  test?(context: ConnectionTestContext): Promise<void>
}

/** Opened credentials, as an action sees them. */
export type AuthValues =
  | { readonly kind: 'none'; readonly fields: JsonObject }
  | { readonly kind: 'apiKey'; readonly apiKey: string; readonly fields: JsonObject }
  | { readonly kind: 'bearer'; readonly token: string; readonly fields: JsonObject }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string; readonly fields: JsonObject }

/** Something that a connector can do. */
export interface ConnectorAction {
  readonly name: string
  readonly description: string
  /** Validates the input before `run`; the builder's form is derived from it. Field titles and help come from `.meta({ title, description })`. */
  readonly input: z.ZodType
  readonly output: z.ZodType
  /** An output as the service would give it, for the builder's data picker before the first run. */
  readonly sampleOutput?: JsonValue
  /**
   * `at-least-once`: repeated after a crash, with the same idempotency key.
   * `at-most-once`: the intent is journaled first and the action is never repeated after a crash.
   * @default 'at-least-once'
   */
  readonly delivery?: 'at-least-once' | 'at-most-once'
  /** Choices for single fields of the input, fetched from the service when the form asks. */
  readonly options?: Readonly<Record<string, OptionsLoader>>
  /** Does it. @throws StepError of a kind that says whether trying again can help */
  run(context: ActionContext): Promise<JsonValue>
}

/** A connector's own triggers (polling, webhook, app-webhook). */
export interface ConnectorTrigger {
  readonly name: string
  readonly description: string
  readonly output: z.ZodType
}

/** One choice of a field. */
export interface SelectOption {
  readonly value: string
  readonly label: string
}

/**
 * Fetches the choices of one field.
 *
 * @throws StepError that says why there are none
 */
export type OptionsLoader = (context: OptionsContext) => Promise<readonly SelectOption[]>

/** What a test of a connection is given. */
export interface ConnectionTestContext {
  readonly auth: AuthValues
  readonly http: HttpClient
  readonly net: NetDoor
  readonly signal: AbortSignal
}

/** What a loader of choices is given. */
export interface OptionsContext extends ConnectionTestContext {
  /** What the form holds so far; may be incomplete. */
  readonly input: JsonObject
  /** What the person has typed into the search box; empty at first. */
  readonly search: string
}

/** What an action is given. `http` and `net` are the only ways out of the process. */
export interface ActionContext<Input = unknown> {
  readonly input: Input
  readonly auth: AuthValues
  readonly http: HttpClient
  readonly net: NetDoor
  /** Stable across attempts; send it as `Idempotency-Key` where the service honours one. */
  readonly idempotencyKey: string
  /** Aborted on time-out, cancellation and loss of ownership. */
  readonly signal: AbortSignal
  readonly log: StepLog
}

/** Where an action writes what it does; secrets do not belong there. */
export interface StepLog {
  /** Tells of the ordinary course of things. */
  info(message: string, data?: JsonObject): void
  /** Tells of something that people should look at. */
  warn(message: string, data?: JsonObject): void
}

/** The safe HTTP door: checks every resolved address and redirect, bounds time and size. */
export interface HttpClient {
  /**
   * Resolves with the response whatever its status.
   * @throws StepError `rejected` (address not allowed), `timeout`, `communication`, `limit` (response too large), `validation` (bad URL), `cancelled`
   */
  request(request: HttpRequest): Promise<HttpResponse>
}

/** The methods that the door lets through. */
export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** One request through the safe HTTP door. */
export interface HttpRequest {
  readonly method?: HttpMethod
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | boolean>>
  /** At most one of `json`, `text`, `form`. */
  readonly json?: JsonValue
  readonly text?: string
  readonly form?: Readonly<Record<string, string>>
  /** From the first byte sent to the last received. @default 30_000 */
  readonly timeoutMs?: number
  /** @default 10 MiB */
  readonly maxResponseBytes?: number
  /** @default 5; 0 returns the redirect itself */
  readonly maxRedirects?: number
  readonly signal?: AbortSignal
}

/** The answer to a request, read to its end. */
export interface HttpResponse {
  readonly status: number
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** The decoded body as text. */
  readonly text: string
  /** @throws StepError `communication` when the body is not JSON; the message quotes its beginning. */
  json(): JsonValue
}

/** The safe way to open a TCP connection (SMTP and the like): same address rules as `HttpClient`. */
export interface NetDoor {
  /** @throws StepError `rejected` when the address is not allowed, `communication` when it cannot be reached, `timeout` */
  connect(target: { host: string; port: number; timeoutMs?: number; signal?: AbortSignal }): Promise<Socket>
}
