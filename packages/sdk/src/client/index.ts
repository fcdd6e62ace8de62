export { type ApiClient, type ApiClientOptions, createApiLinks } from './api-client.js'
export { type BrowserClient, createApiClient } from './browser-client.js'
export {
  ApiError,
  type ApiErrorFields,
  type ApiIssue,
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
export type { FilesClient, UploadedFile, UploadInit, UploadOptions } from './files.js'
export { Inlay, type InlayOptions } from './inlay.js'
export type { Page, PagedList } from './paged.js'
export type { ApiInputs, ApiOutputs, CallOptions, StartOptions } from './resources.js'
