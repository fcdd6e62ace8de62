import { createMemoryCircuitStore } from '../memory/circuit-store.js'
import type { Clock } from '../ports/clock.js'
import type { Governor } from '../ports/governor.js'
import { createGovernor } from './governor.js'
import type { GovernorOptions } from './governor-options.js'

/**
 * A governor for one process.
 *
 * @throws UserError `governor.invalid_setting`
 */
export function createMemoryGovernor(options: GovernorOptions & { readonly clock: Clock }): Governor {
  return createGovernor({ ...options, store: createMemoryCircuitStore(options) })
}
