import { useCallback, useEffect, useState } from 'react'
import { type ApiProblem, englishText, readProblem } from '../data/api-error.js'
import type { Me } from '../data/api-types.js'
import type { BuilderController } from './controller.js'
import type { EmbedSession } from './embed-session.js'

/** Who is signed in to a widget, and whether that has come to an end. */
export interface SignedIn {
  /** Undefined until somebody is; kept when the session ends, so that nothing on the screen is lost. */
  readonly me: Me | undefined
  /** Why signing in did not work. */
  readonly problem: ApiProblem | undefined
  readonly isExpired: boolean
  readonly isBusy: boolean
  readonly retry: () => void
}

/** Signs in at once, and again when a person asks for it. */
export function useSignIn({ settle, events }: BuilderController, session: EmbedSession): SignedIn {
  const [me, setMe] = useState<Me>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [isExpired, setExpired] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const start = useCallback(() => {
    setBusy(true)
    session
      .start()
      .then(
        (found) => {
          setMe(found)
          setProblem(undefined)
          setExpired(false)
          settle()
        },
        (error: unknown) => {
          const found = readProblem(error)
          setProblem(found)
          settle({ code: found.code, message: englishText(found), retryable: true })
        },
      )
      .finally(() => setBusy(false))
  }, [session, settle])
  useEffect(start, [start])
  useEffect(() => events.on('session.expired', () => setExpired(true)), [events])
  useEffect(() => events.on('token.refreshed', () => setExpired(false)), [events])
  return { me, problem, isExpired, isBusy, retry: start }
}
