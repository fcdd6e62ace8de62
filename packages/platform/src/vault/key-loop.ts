import type { Leader } from '../runs/leader.js'
import { type Loop, startLoop } from '../runs/loop.js'
import type { Logger } from '../telemetry/index.js'
import type { KeyRotation } from './rotation.js'

const PAUSE_MS = 60_000

/** What the loop needs. */
export interface KeyLoopDeps {
  readonly rotation: KeyRotation
  readonly leader: Leader
  readonly log: Logger
  /** Milliseconds between two sweeps. @default 60_000 */
  readonly pauseMs?: number
}

/**
 * Moves data keys to the master key in use, and destroys those that were replaced. One process of the deployment does it at
 * a time; one that stops leaves the rest to the next.
 */
export function startKeyLoop({ rotation, leader, log, pauseMs = PAUSE_MS }: KeyLoopDeps): Loop {
  let isStopping = false
  const loop = startLoop(pauseMs, async () => {
    if (!(await leader.isLeader())) return
    try {
      const { rewrapped, failures } = await rotation.rewrap({ isStopping: () => isStopping })
      if (rewrapped > 0) log.info({ rewrapped }, 'Data keys were wrapped with the master key in use.')
      for (const { owner, error } of failures) log.error({ error, ...owner }, 'A data key could not be re-wrapped.')
      await rotation.forgetFormerKeys()
    } catch (error) {
      log.warn({ error }, 'Keys could not be looked at; the next attempt follows.')
    }
  })
  return {
    stop: () => {
      isStopping = true
      return loop.stop()
    },
  }
}
