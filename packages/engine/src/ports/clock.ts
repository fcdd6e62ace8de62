/** Time as the engine sees it. Tests drive a virtual one; production uses the system's. */
export interface Clock {
  /** Unix milliseconds; never goes backwards within a process, whatever happens to the system's clock. */
  now(): number
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** A number in [0, 1), for jitter. */
  random(): number
}
