export { type ApiClient, type ApiClientOptions, createApiClient } from './api-client.js'
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
  toApiError,
  ValidationError,
} from './errors.js'
export { Inlay, type InlayOptions } from './inlay.js'
export type { Page, PagedList } from './paged.js'
