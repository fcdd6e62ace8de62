export {
  type ActionContext,
  type ActionResumption,
  type ActionSuspension,
  type AppDelivery,
  type AppEvent,
  type AppEvents,
  type AuthMethod,
  type AuthValues,
  type ConnectedAccount,
  type ConnectionTestContext,
  type Connector,
  type ConnectorAction,
  type ConnectorCategory,
  type ConnectorStores,
  type ConnectorTrigger,
  type ErrorKind,
  type FileRef,
  type FileStore,
  type FormContext,
  fileRefSchema,
  type HttpClient,
  type HttpMethod,
  type HttpRequest,
  type HttpResponse,
  type IncomingRequest,
  type JsonObject,
  type JsonValue,
  jsonValue,
  type KeyValueStore,
  type NetDoor,
  type OAuthScope,
  type OptionsContext,
  type OptionsPage,
  type PollContext,
  type PollResult,
  parseRetryAfter,
  type RegisteredContext,
  type SelectOption,
  type ServiceApi,
  StepError,
  suspend,
  type TriggerContext,
  type TriggerItem,
  type WebhookAnswer,
  type WebhookContext,
  type WebhookDelivery,
} from '@inlay/engine'
export { z } from 'zod'
export { type ActionDefinition, action } from './action.js'
export { type AuthDefinition, type ConnectorDefinition, defineConnector } from './define-connector.js'
export type { FormDefinition, OptionsDefinition, SchemaDefinition } from './form.js'
export { fromJsonSchema } from './json-schema.js'
export { collectPages, nextLink, type PageLimits, type PageOf, pages } from './pages.js'
export { cursorTime, type NewByIdOptions, type NewByTimeOptions, newById, newByTime } from './polling.js'
export { responseError } from './response-error.js'
export { type Service, type ServiceCall, type ServiceContext, type ServiceOptions, service } from './service.js'
export { type HmacSignature, isHmacValid, isRecent, isSameText, type SentAt } from './signatures.js'
export {
  type AppWebhookTriggerDefinition,
  appWebhookTrigger,
  type PollingTriggerDefinition,
  pollingTrigger,
  type WebhookTriggerDefinition,
  webhookTrigger,
} from './trigger.js'
