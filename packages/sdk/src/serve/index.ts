export { toFetchHandler, toNodeHandler } from './handlers.js'
export { createSeenCalls, type SeenCalls } from './seen-calls.js'
export {
  type ServedAnswer,
  type ServedConnector,
  type ServedRequest,
  type ServeOptions,
  serveConnector,
} from './serve-connector.js'
