import { useEffect, useRef } from 'react'

/** Events come in bursts: one reading of the data per burst is enough, in milliseconds. */
const BURST_MS = 150

type Subscribe = (onEvent: () => void) => { unsubscribe(): void }

/**
 * Calls `refresh` after events of a subscription, at most once per burst.
 *
 * @param subscribe keep it stable between renders (useCallback); undefined when there is nothing to listen to
 */
export function useLive(subscribe: Subscribe | undefined, refresh: () => void): void {
  const latest = useRef(refresh)
  latest.current = refresh
  useEffect(() => {
    if (subscribe === undefined) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const subscription = subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined
        latest.current()
      }, BURST_MS)
    })
    return () => {
      clearTimeout(timer)
      subscription.unsubscribe()
    }
  }, [subscribe])
}
