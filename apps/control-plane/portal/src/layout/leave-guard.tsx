import { ConfirmDialog } from '@inlay/embed-ui/ui'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { type AroundNavHandler, Router } from 'wouter'

/** Says whether there is something that leaving the page would lose. @returns a function that ends the saying */
type Guard = (isChanged: boolean) => void

const GuardContext = createContext<Guard>(() => undefined)

/** Routes of the portal; before a page with changes is left, the person is asked. */
export function GuardedRouter({ children }: { readonly children: ReactNode }) {
  const isChanged = useRef(false)
  const [leaving, setLeaving] = useState<() => void>()
  const guard = useCallback((changed: boolean) => {
    isChanged.current = changed
  }, [])
  const aroundNav: AroundNavHandler = useCallback((navigate, to, options) => {
    if (isChanged.current) setLeaving(() => () => navigate(to, options))
    else navigate(to, options)
  }, [])
  return (
    <Router aroundNav={aroundNav}>
      <GuardContext.Provider value={guard}>{children}</GuardContext.Provider>
      {leaving !== undefined && (
        <ConfirmDialog
          isOpen
          title="Leave without saving?"
          text="What you have changed on this page is lost."
          confirmLabel="Leave"
          isDanger
          onClose={() => setLeaving(undefined)}
          onConfirm={() => {
            isChanged.current = false
            setLeaving(undefined)
            leaving()
          }}
        />
      )}
    </Router>
  )
}

/** Asks before the page is left, as long as there are changes. */
export function useLeaveGuard(isChanged: boolean): void {
  const guard = useContext(GuardContext)
  useEffect(() => {
    guard(isChanged)
    return () => guard(false)
  }, [guard, isChanged])
  const warn = useMemo(() => (event: BeforeUnloadEvent) => event.preventDefault(), [])
  useEffect(() => {
    if (!isChanged) return
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isChanged, warn])
}
