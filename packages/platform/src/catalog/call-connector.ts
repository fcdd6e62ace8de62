import { isInlayError, StepError } from '@inlay/engine'

/**
 * Calls a connector's code outside of a run: it may hang or throw anything, and the caller gets a refusal in time that
 * says which service it was.
 *
 * @throws StepError what the connector threw, `timeout`, or `bug` for anything it should not have thrown
 */
export async function callConnector<T>(
  connectorName: string,
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const timedOut = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new StepError('timeout', `${connectorName} did not answer within ${timeoutMs / 1000} seconds`, {
        detail: 'Try again; if it stays, see whether the service is available.',
      })
      reject(error)
      controller.abort(error)
    }, timeoutMs)
  })
  try {
    return await Promise.race([call(controller.signal), timedOut])
  } catch (cause) {
    if (isInlayError(cause)) throw cause
    throw new StepError('bug', `The connector for ${connectorName} failed unexpectedly`, {
      detail: 'This is a mistake in the connector; report it to whoever made it.',
      cause,
    })
  } finally {
    clearTimeout(timer)
  }
}
