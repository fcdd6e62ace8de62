export {
  type ActionContext,
  type ActionResumption,
  type ActionSuspension,
  type AnsweredDelivery,
  type ApiKeyAuth,
  type AppDelivery,
  type AppEvent,
  type AppEventDelivery,
  type AppEvents,
  type AppWebhookTrigger,
  type AuthMethod,
  type AuthSession,
  type AuthValues,
  type BasicAuth,
  type BearerAuth,
  type ConnectedAccount,
  type ConnectionTestContext,
  type Connector,
  type ConnectorAction,
  type ConnectorCaller,
  type ConnectorCategory,
  type ConnectorStores,
  type ConnectorTrigger,
  type ConnectorWebhookTrigger,
  type CustomAuth,
  type DeliveryContext,
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
  isInlayError,
  isSuspension,
  type JsonInput,
  type JsonObject,
  type JsonValue,
  jsonObject,
  jsonValue,
  type KeyValueStore,
  type MultipartPart,
  misfits,
  type NetDoor,
  type OAuth2Auth,
  type OAuthApp,
  type OAuthScope,
  type OAuthValues,
  type OptionsContext,
  type OptionsPage,
  type PollContext,
  type PollingTrigger,
  type PollResult,
  type ProductEventTrigger,
  parseRetryAfter,
  type QueryValue,
  type RegisteredContext,
  type SecretText,
  type SelectOption,
  type ServiceApi,
  type SessionContext,
  StepError,
  type StepErrorOptions,
  type StepLog,
  suspend,
  type TriggerContext,
  type TriggerItem,
  WEBHOOK_ANSWER_HEADERS,
  type WebhookAnswer,
  type WebhookContext,
  type WebhookDelivery,
} from '@inlay/engine'
export { z } from 'zod'
export { type ActionDefinition, action } from './action.js'
export { clientSecretOf, clientSecretSettings } from './client-secret.js'
export { type AuthDefinition, type ConnectorDefinition, defineConnector } from './define-connector.js'
export type { FormDefinition, OptionsDefinition, SchemaDefinition } from './form.js'
export { fromJsonSchema } from './json-schema.js'
export { collectPages, nextLink, type PageLimits, type PageOf, pages } from './pages.js'
export { cursorTime, type NewByIdOptions, type NewByTimeOptions, newById, newByTime } from './polling.js'
export { cursorNumber, type NewByNumberOptions, newByNumber } from './polling-by-number.js'
export { hasStatus, jsonOf, responseError, type ToldRefusal } from './response-error.js'
export { plainRows, rowSchema } from './rows.js'
export { rpcStatusRefusal } from './rpc-status.js'
export { type Service, type ServiceCall, type ServiceContext, type ServiceOptions, service } from './service.js'
export { type ServiceAccountOptions, serviceAccountAuth } from './service-account.js'
export { type HmacSignature, isHmacValid, isRecent, isSameText, type SentAt } from './signatures.js'
export { startTls, type TlsOptions, tlsFields } from './tls.js'
export {
  type AppWebhookTriggerDefinition,
  appWebhookTrigger,
  type PollingTriggerDefinition,
  type ProductEventTriggerDefinition,
  pollingTrigger,
  productEventTrigger,
  type WebhookTriggerDefinition,
  webhookTrigger,
} from './trigger.js'
