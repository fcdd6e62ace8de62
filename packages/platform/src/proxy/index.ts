export { CallsInProgress } from './calls-in-progress.js'
export { type ProxyProblem, toProxyProblem } from './errors.js'
export type { GivenHeaders } from './passed-headers.js'
export {
  createProxyService,
  MAX_PROXY_BYTES,
  type ProxyAnswer,
  type ProxyRequest,
  type ProxyService,
} from './service.js'
export type { ProxyPath } from './target-url.js'
