import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { useTenantPage } from '../session/known-brand.js'

const NameContext = createContext<(name: string | undefined) => void>(() => undefined)

interface PageTitleProps {
  /** What the navigation calls the pages around; undefined where it has none. */
  readonly section: string | undefined
  readonly children: ReactNode
}

/** Gives the browser's tab the names of the page, of its section and of the tenant. */
export function PageTitle({ section, children }: PageTitleProps) {
  const [name, setName] = useState<string>()
  const parts = [name, section].filter((part) => part !== undefined)
  useTenantPage(parts.length === 0 ? undefined : parts.join(' · '))
  return <NameContext.Provider value={useCallback((next) => setName(next), [])}>{children}</NameContext.Provider>
}

/** Names a page that is one of many in its section, once the name is known: tabs and the history tell them apart. */
export function usePageName(name: string | undefined): void {
  const say = useContext(NameContext)
  useEffect(() => {
    say(name)
    return () => say(undefined)
  }, [say, name])
}
