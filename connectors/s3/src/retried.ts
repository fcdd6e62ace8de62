import { setTimeout as wait } from 'node:timers/promises'
import { isInlayError } from '@inlay/sdk/connector'

const MAX_ATTEMPTS = 4
const FIRST_WAIT_MS = 200
/** Who asks for more is left to the step's own policy, which keeps no process waiting. */
const MAX_WAIT_MS = 5000

/**
 * Does something again when S3 has a problem of its own or asks to slow down, up to four times in all.
 *
 * @throws what the last attempt failed with; the failure before when the signal ends the waiting
 */
export async function retried<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const waitMs = attempt < MAX_ATTEMPTS && !signal.aborted ? waitAfter(error, attempt) : undefined
      if (waitMs === undefined) throw error
      await wait(waitMs, undefined, { signal }).catch(() => {
        throw error
      })
    }
  }
}

function waitAfter(error: unknown, attempt: number): number | undefined {
  if (!isInlayError(error) || !('retryable' in error) || error.retryable !== true) return undefined
  const asked = 'retryAfterMs' in error && typeof error.retryAfterMs === 'number' ? error.retryAfterMs : undefined
  const waitMs = asked ?? FIRST_WAIT_MS * 2 ** (attempt - 1)
  return waitMs <= MAX_WAIT_MS ? waitMs : undefined
}
