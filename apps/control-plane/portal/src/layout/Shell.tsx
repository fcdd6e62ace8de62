import { IconButton } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import {
  Activity,
  Blocks,
  Building2,
  Globe,
  KeyRound,
  LayoutTemplate,
  LogOut,
  Palette,
  Plug,
  ScrollText,
  Settings,
  Store,
  Webhook,
  Workflow,
} from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { client } from '../client.js'
import { useTenantPage } from '../session/known-brand.js'
import { useCall } from '../useCall.js'
import { BrandLogo } from './BrandLogo.js'

type Me = Awaited<ReturnType<ApiClient['auth']['me']['query']>>

const PAGES = [
  { path: '/customers', label: 'Customers', icon: Building2, permission: 'customers:read' },
  { path: '/workflows', label: 'Automations', icon: Workflow, permission: 'workflows:read' },
  { path: '/runs', label: 'Runs', icon: Activity, permission: 'runs:read' },
  { path: '/connectors', label: 'Connectors', icon: Blocks, permission: 'connectors:read' },
  { path: '/templates', label: 'Templates', icon: LayoutTemplate, permission: 'templates:read' },
  { path: '/marketplace', label: 'Marketplace', icon: Store, permission: 'connectors:configure' },
  { path: '/connections', label: 'Connections', icon: Plug, permission: 'connections:read' },
  { path: '/branding', label: 'Branding', icon: Palette, permission: 'tenant:read' },
  { path: '/domains', label: 'Domains', icon: Globe, permission: 'tenant:read' },
  { path: '/audit-log', label: 'Audit log', icon: ScrollText, permission: 'audit:read' },
  { path: '/api-keys', label: 'API keys', icon: KeyRound, permission: 'apiKeys:read' },
  { path: '/webhooks', label: 'Webhooks', icon: Webhook, permission: 'webhookEndpoints:read' },
  { path: '/settings', label: 'Settings', icon: Settings, permission: 'tenant:read' },
] as const

interface ShellProps {
  readonly me: Me
  readonly onSignedOut: () => void
  readonly children: ReactNode
}

/** What all pages share: the pages on the left, who is signed in below them. On a phone the pages are at the bottom. */
export function Shell({ me, onSignedOut, children }: ShellProps) {
  const [location] = useLocation()
  useTenantPage(PAGES.find(({ path }) => location.startsWith(path))?.label)
  const pages = useRef<HTMLElement>(null)
  // On a phone there is room for some of them only.
  useEffect(() => {
    if (location !== '')
      pages.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [location])
  const { brand } = me.tenant
  const name = brand.productName ?? me.tenant.name
  const signOut = useCall(() => client.auth.signOut.mutate({}), onSignedOut)
  return (
    <div className="shell">
      <header className="sidebar">
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
                aria-current={location.startsWith(path) ? 'page' : undefined}
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
      <main className="page">{children}</main>
    </div>
  )
}
