import type { Response } from 'express'

/** Aborts when the caller hangs up, so that nothing is kept busy for nobody. */
export function goneWith(response: Response): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}
