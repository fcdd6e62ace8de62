/** Runs something again and again until stopped. */
export interface Loop {
  /** Resolves once the work under way has ended. */
  stop(): Promise<void>
}

/** Calls `work` every `intervalMs` after the end of the call before, so never twice at once. `work` must not throw. */
export function startLoop(intervalMs: number, work: () => Promise<void>): Loop {
  let stopped = false
  let working: Promise<void> = Promise.resolve()
  const tick = (): void => {
    working = work().finally(() => {
      if (!stopped) timer = setTimeout(tick, intervalMs)
    })
  }
  let timer = setTimeout(tick, intervalMs)
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await working
    },
  }
}
