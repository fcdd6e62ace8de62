// Who signs in here again is shown whose portal it is: before that, nobody can know.
import type { Appearance } from '@inlay/embed-ui'
import { useEffect } from 'react'
import { useMe } from '../useMay.js'

/** What the sign-in page shows of a tenant. */
export interface KnownBrand {
  readonly name: string
  readonly logo: string | null
  readonly logoDark: string | null
  /** Of the page that shows it. @default that of the operating system */
  readonly colorScheme?: Appearance['colorScheme'] | undefined
}

const KEY = 'known-brand'

/** The tenant that was signed in to last in this browser; undefined when there was none. */
export function readKnownBrand(): KnownBrand | undefined {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    if (typeof known !== 'object' || known === null || !('name' in known) || typeof known.name !== 'string') return
    const image = (key: 'logo' | 'logoDark'): string | null => {
      const value: unknown = Reflect.get(known, key)
      return typeof value === 'string' && value.startsWith('data:image/') ? value : null
    }
    return { name: known.name, logo: image('logo'), logoDark: image('logoDark') }
  } catch {
    // Browsers may forbid storage, and people may have written anything into it.
    return undefined
  }
}

/** Gives the sign-in page of a tenant's own domain that tenant's title and icon. */
export function useSitePage(tenant: { readonly name: string; readonly favicon: string | null } | undefined): void {
  const { name, favicon } = tenant ?? {}
  useEffect(() => {
    if (name !== undefined) document.title = name
    if (favicon) document.querySelector('link[rel=icon]')?.setAttribute('href', favicon)
  }, [name, favicon])
}

/** Keeps the page's title and icon those of the tenant, and remembers it for the next sign-in. */
export function useTenantPage(page: string | undefined): void {
  const tenant = useMe()?.tenant
  const name = tenant === undefined ? undefined : (tenant.brand.productName ?? tenant.name)
  useEffect(() => {
    if (name !== undefined) document.title = page === undefined ? name : `${page} · ${name}`
  }, [name, page])
  const favicon = tenant?.brand.favicon ?? null
  useEffect(() => {
    document.querySelector('link[rel=icon]')?.setAttribute('href', favicon ?? 'data:,')
  }, [favicon])
  const { logo, logoDark } = tenant?.brand ?? {}
  useEffect(() => {
    if (name === undefined) return
    try {
      localStorage.setItem(KEY, JSON.stringify({ name, logo, logoDark }))
    } catch {
      // Without storage the sign-in page is neutral.
    }
  }, [name, logo, logoDark])
}
