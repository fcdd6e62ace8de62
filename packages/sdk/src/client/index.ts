export { type ApiClient, type ApiClientOptions, createApiClient, createApiLinks } from './api-client.js'
export {
  ApiError,
  type ApiErrorFields,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  isApiError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  TimeoutError,
  toApiError,
  ValidationError,
} from './errors.js'
export { Inlay, type InlayOptions } from './inlay.js'
export type { Page, PagedList } from './paged.js'
export type { ApiInputs, ApiOutputs, CallOptions, StartOptions } from './resources.js'
