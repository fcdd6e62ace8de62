import type { ConnectorAction } from './connector/action.js'
import type { AuthMethod, AuthValues } from './connector/auth.js'
import type { AppEvents, ConnectorTrigger } from './connector/trigger.js'

export {
  type ActionContext,
  type ActionResumption,
  type ActionSuspension,
  type ConnectorAction,
  isSuspension,
  type StepLog,
  suspend,
} from './connector/action.js'
export {
  type ApiKeyAuth,
  AUTH_KINDS,
  type AuthKind,
  type AuthMethod,
  type AuthMethodCommon,
  type AuthSession,
  type AuthValues,
  type BasicAuth,
  type BearerAuth,
  type ConnectedAccount,
  type ConnectionTestContext,
  type ConnectorCaller,
  type CustomAuth,
  type OAuth2Auth,
  type OAuthScope,
  type OAuthValues,
  type SessionContext,
} from './connector/auth.js'
export type {
  DynamicForm,
  DynamicOptions,
  DynamicSchema,
  FormContext,
  OptionsContext,
  OptionsPage,
  SelectOption,
} from './connector/form.js'
export type {
  HttpClient,
  HttpMethod,
  HttpRequest,
  HttpResponse,
  JsonInput,
  MultipartPart,
  NetDoor,
  QueryValue,
} from './connector/http.js'
export {
  type ConnectorStores,
  type FileRef,
  type FileStore,
  fileRefSchema,
  type KeyValueStore,
} from './connector/storage.js'
export {
  type AnsweredDelivery,
  type AppDelivery,
  type AppEvent,
  type AppEventDelivery,
  type AppEvents,
  type AppWebhookTrigger,
  type ConnectorTrigger,
  type ConnectorTriggerCommon,
  type DeliveryContext,
  type IncomingRequest,
  type OAuthApp,
  type PollContext,
  type PollingTrigger,
  type PollResult,
  type ProductEventTrigger,
  type RegisteredContext,
  type SecretText,
  TRIGGER_KINDS,
  type TriggerContext,
  type TriggerItem,
  type TriggerKind,
  WEBHOOK_ANSWER_HEADERS,
  type WebhookAnswer,
  type WebhookContext,
  type WebhookDelivery,
  type WebhookTrigger as ConnectorWebhookTrigger,
} from './connector/trigger.js'

/** What a connector is about, for people who look for one. */
export const CONNECTOR_CATEGORIES = [
  'ai',
  'analytics',
  'commerce',
  'communication',
  'crm',
  'data',
  'developer',
  'files',
  'finance',
  'marketing',
  'productivity',
  'project-management',
  'support',
  'tools',
] as const
/** One of `CONNECTOR_CATEGORIES`. */
export type ConnectorCategory = (typeof CONNECTOR_CATEGORIES)[number]

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
  /** The service's own colour, as `#rrggbb`. */
  readonly color?: string
  readonly categories: readonly ConnectorCategory[]
  /** Markdown for people who set it up: what it needs, what it cannot do. */
  readonly docs?: string
  /** How an account is connected, the usual way first. Empty: there is nothing to connect. */
  readonly auth: readonly AuthMethod[]
  /** Whether actions and triggers need a connection. `none` exactly when `auth` is empty. */
  readonly connection: 'required' | 'optional' | 'none'
  readonly api?: ServiceApi
  /** As `api.pace`, for connectors without an `api`: those that are served from afar. */
  readonly pace?: NonNullable<ServiceApi['pace']>
  readonly actions: Readonly<Record<string, ConnectorAction>>
  readonly triggers: Readonly<Record<string, ConnectorTrigger>>
  /** Of connectors with `appWebhook` triggers. */
  readonly appEvents?: AppEvents
}

/** The service's HTTP API: where it is, and where credentials may go. */
export interface ServiceApi {
  /** URLs that begin with `/` are appended to it. It has no `/` at its end. */
  readonly baseUrl: string | ((auth: AuthValues) => string)
  /** Further origins that get the credentials, such as one for uploads. Requests to anywhere else go without. */
  readonly origins?: readonly string[]
  /** Sent with every request to the API. */
  readonly headers?: Readonly<Record<string, string>>
  /** What the service allows one account: a connection that calls more often waits, or is told when to try again. */
  readonly pace?: { readonly requests: number; readonly perMs: number }
}
