import type { Response } from 'express'
import type { ControlPlane } from '../compose.js'

/** Counts a request among those of its route, with its time, once its answer is sent or nobody waits for it any more. */
export function measureRequest(
  { requestDuration }: ControlPlane['metrics'],
  response: Response,
  labels: { readonly route: string; readonly method: string },
): void {
  const end = requestDuration.startTimer(labels)
  response.once('close', () => end({ status: response.statusCode }))
}
