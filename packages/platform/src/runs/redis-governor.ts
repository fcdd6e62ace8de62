import { createGovernor, type Governor, type GovernorOptions, systemClock } from '@inlay/engine'
import type { Redis } from 'ioredis'
import type { Logger } from '../telemetry/index.js'
import { createRedisCircuitStore } from './redis-circuit-store.js'

export interface RedisGovernorOptions extends Omit<GovernorOptions, 'onChange'> {
  /** A connection that fails fast. */
  readonly redis: Redis
  readonly log: Logger
}

/** Circuit breakers and rates for all processes of a deployment. While Redis is away every call is made. */
export function createRedisGovernor({ redis, log, ...options }: RedisGovernorOptions): Governor {
  return createGovernor({
    ...options,
    clock: systemClock(),
    store: createRedisCircuitStore({ redis }),
    onChange: ({ call, state, retryAfterMs }) => {
      if (state === 'open') log.warn({ ...call, retryAfterMs }, 'A service keeps failing; calls to it are held back.')
      else log.info({ ...call }, 'A service is well again; calls to it are made.')
    },
    onStoreFailure: (error) => {
      log.warn({ error }, 'Circuit breakers cannot reach Redis; calls are made without them.')
    },
  })
}
