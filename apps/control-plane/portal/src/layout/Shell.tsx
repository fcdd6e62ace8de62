import { IconButton } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { LogOut } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { client } from '../client.js'
import { useCall } from '../useCall.js'
import { BrandLogo } from './BrandLogo.js'
import { PageTitle } from './page-name.js'
import { PAGES, sectionOf } from './sections.js'

type Me = Awaited<ReturnType<ApiClient['auth']['me']['query']>>

interface ShellProps {
  readonly me: Me
  readonly onSignedOut: () => void
  readonly children: ReactNode
}

/** What all pages share: the pages on the left, who is signed in below them. On a phone the pages are at the bottom. */
export function Shell({ me, onSignedOut, children }: ShellProps) {
  const [location] = useLocation()
  const section = sectionOf(location)
  const pages = useRef<HTMLElement>(null)
  // On a phone there is room for some of them only.
  useEffect(() => {
    if (location !== '')
      pages.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [location])
  const page = usePageStart(location)
  const { brand } = me.tenant
  const name = brand.productName ?? me.tenant.name
  const signOut = useCall(() => client.auth.signOut.mutate({}), onSignedOut)
  return (
    <div className="shell">
      <header className="sidebar">
        <button type="button" className="skip" onClick={() => page.current?.focus()}>
          Skip to the page
        </button>
        <div className="tenant" title={name}>
          {brand.logo === null && brand.logoDark === null ? (
            <>
              <span className="tenant-mark" aria-hidden="true">
                {name.slice(0, 1)}
              </span>
              <span className="tenant-name">{name}</span>
            </>
          ) : (
            <BrandLogo logo={brand.logo} logoDark={brand.logoDark} alt={name} />
          )}
        </div>
        <nav ref={pages} className="pages" aria-label="Pages">
          {PAGES.filter(({ permission }) => me.permissions.some((each) => each === permission)).map(
            ({ path, label, icon: Icon }) => (
              <Link
                key={path}
                href={path}
                className="page-link"
                title={label}
                aria-current={path === section?.path ? 'page' : undefined}
              >
                <Icon size={17} aria-hidden="true" />
                <span>{label}</span>
              </Link>
            ),
          )}
        </nav>
        <div className="signed-in">
          <span className="signed-in-name">
            {me.member?.name}
            <small>{me.member?.role}</small>
          </span>
          <IconButton label="Sign out" variant="ghost" onClick={() => signOut.mutate(undefined)}>
            <LogOut size={16} />
          </IconButton>
        </div>
      </header>
      <main ref={page} id="page" className="page" tabIndex={-1}>
        <PageTitle section={section?.label}>{children}</PageTitle>
      </main>
    </div>
  )
}

/** A page begins at its top, with the focus in it: who uses a keyboard or a screen reader does not begin at the navigation. */
function usePageStart(location: string): RefObject<HTMLElement | null> {
  const page = useRef<HTMLElement>(null)
  const before = useRef(location)
  useEffect(() => {
    if (before.current === location) return
    before.current = location
    page.current?.scrollTo(0, 0)
    // What a page focuses by itself keeps the focus.
    if (page.current?.contains(document.activeElement) !== true) page.current?.focus({ preventScroll: true })
  }, [location])
  return page
}
