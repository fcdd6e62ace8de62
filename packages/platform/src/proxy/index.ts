export { type ProxyProblem, tooManyCalls, toProxyProblem } from './errors.js'
export type { GivenHeaders } from './passed-headers.js'
export {
  createProxyService,
  MAX_PROXY_BYTES,
  type ProxyAnswer,
  type ProxyRequest,
  type ProxyService,
} from './service.js'
export type { ProxyPath } from './target-url.js'
