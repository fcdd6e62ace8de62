import { createContext, createElement, type ReactNode, useContext, useEffect, useState } from 'react'

/** Where a host shows a path of the widget. */
export type LinkTo = (path: string) => string | Promise<string>

const LinkContext = createContext<LinkTo | undefined>(undefined)

/** Says where paths of the widget are shown; undefined where nobody can be led to one. */
export const LinkProvider = LinkContext.Provider

export interface MaybeLinksProps {
  /** Absent: whatever is around says it. */
  readonly linkTo: LinkTo | undefined
  readonly children: ReactNode
}

/** Says where paths are shown, if this part of a page knows. */
export function MaybeLinks({ linkTo, children }: MaybeLinksProps): ReactNode {
  return linkTo === undefined ? children : createElement(LinkContext.Provider, { value: linkTo }, children)
}

/** An address under which others can open a path; undefined when there is none, and until the host has told it. */
export function useLink(path: string): string | undefined {
  const linkTo = useContext(LinkContext)
  const [told, setTold] = useState<{ readonly path: string; readonly link: string }>()
  useEffect(() => {
    let isCurrent = true
    const ask = async () => {
      const link = await linkTo?.(path)
      if (isCurrent && link !== undefined && link !== '') setTold({ path, link })
    }
    // A host that fails to tell has no link: there is nothing that the person could do about it.
    ask().catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [linkTo, path])
  return linkTo !== undefined && told?.path === path ? told.link : undefined
}
