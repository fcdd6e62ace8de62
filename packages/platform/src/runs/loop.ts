/** Runs something again and again until stopped. */
export interface Loop {
  /** Resolves once the work under way has ended. */
  stop(): Promise<void>
}

/**
 * Calls `work` again and again, never twice at once. `work` must not throw.
 *
 * @param pause milliseconds before each call, counted from the end of the one before
 */
export function startLoop(pause: number | (() => number), work: () => Promise<void>): Loop {
  const pauseMs = typeof pause === 'number' ? () => pause : pause
  let stopped = false
  let working: Promise<void> = Promise.resolve()
  const tick = (): void => {
    working = work().finally(() => {
      if (!stopped) timer = setTimeout(tick, pauseMs())
    })
  }
  let timer = setTimeout(tick, pauseMs())
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await working
    },
  }
}
