export {
  type ActionContext,
  type AuthValues,
  type ConnectionTestContext,
  type Connector,
  type ConnectorAction,
  type ConnectorAuth,
  type ErrorKind,
  type HttpClient,
  type HttpMethod,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
  type JsonValue,
  jsonValue,
  type NetDoor,
  type OptionsContext,
  type OptionsLoader,
  parseRetryAfter,
  type SelectOption,
  StepError,
} from '@inlay/engine'
export { z } from 'zod'
export { type ActionDefinition, action, type ConnectorDefinition, defineConnector } from './define-connector.js'
export { responseError } from './response-error.js'
