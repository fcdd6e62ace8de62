export type { Resolve } from './destination-guard.js'
export { createEgress, type Egress, type EgressOptions } from './egress.js'
export type { ForwardProxyOptions } from './forward-proxy.js'
