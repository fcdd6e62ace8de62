import { useEffect } from 'react'
import { useEventHub } from '../hooks/useEvents.js'
import type { SaveStatus } from './autosave.js'
import type { Builder } from './builder-store.js'

/** States in which leaving the page loses edits: saving has failed, and nobody can tell for how long. */
const AT_RISK: readonly SaveStatus[] = ['offline', 'signedOut', 'conflict', 'refused']

/**
 * Saves at the moments that matter: when the page goes to the background, the network is back, or somebody signed in
 * again. What cannot be saved when the page goes is kept for its return.
 */
export function useSaveMoments(builder: Builder | undefined): void {
  const events = useEventHub()
  useEffect(() => {
    if (builder === undefined) return
    builder.begin()
    const onHidden = (): void => {
      if (document.visibilityState === 'hidden') void builder.flush()
    }
    const onLeave = (event: BeforeUnloadEvent): void => {
      if (AT_RISK.includes(builder.store.getState().save.status)) event.preventDefault()
    }
    window.addEventListener('online', builder.retrySave)
    window.addEventListener('beforeunload', onLeave)
    window.addEventListener('pagehide', builder.keepUnsaved)
    document.addEventListener('visibilitychange', onHidden)
    const stopRefreshed = events?.on('token.refreshed', builder.retrySave)
    const stopReady = events?.on('ready', builder.retrySave)
    return () => {
      window.removeEventListener('online', builder.retrySave)
      window.removeEventListener('beforeunload', onLeave)
      window.removeEventListener('pagehide', builder.keepUnsaved)
      document.removeEventListener('visibilitychange', onHidden)
      stopRefreshed?.()
      stopReady?.()
    }
  }, [builder, events])
}
