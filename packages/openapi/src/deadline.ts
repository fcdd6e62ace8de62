import { UserError } from '@inlay/engine'

/** Throws once the time is up; called wherever the work's amount depends on the document. */
export type Deadline = () => void

/** @throws UserError `openapi.too_slow` from the deadline, once `limitMs` are over */
export function startDeadline(limitMs: number, now: () => number): Deadline {
  const end = now() + limitMs
  return () => {
    if (now() <= end) return
    throw new UserError('unprocessable', 'openapi.too_slow', `The import took longer than ${limitMs} ms.`, {
      detail: 'Import a smaller part of the document, or raise `timeLimitMs`.',
    })
  }
}
