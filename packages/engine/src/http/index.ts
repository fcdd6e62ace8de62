export { createEgress, type Egress, type EgressOptions } from './egress.js'
export type { Resolve } from './safe-lookup.js'
