import { StrictMode, useEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { type ColorScheme, InlayTheme } from '../src/index.js'
import '../src/theme/styles.css'
import { BRANDS } from './brands.js'
import { type GalleryPage, type GalleryPages, LOCALE } from './gallery-page.js'
import './gallery.css'

const FILES = import.meta.glob<{ readonly PAGES: GalleryPages }>('./pages/*.tsx', { eager: true })
const PAGES: GalleryPages = Object.assign({}, ...Object.values(FILES).map((file) => file.PAGES))

function Gallery({ page }: { readonly page: GalleryPage }) {
  const parameters = new URLSearchParams(location.search)
  // Only the gallery's own scripts write this address.
  const [colorScheme, setColorScheme] = useState((parameters.get('scheme') ?? 'auto') as ColorScheme)
  const shown = useMemo(() => page.draw(), [page])
  const brand = BRANDS[parameters.get('brand') ?? '']
  useEffect(() => void show(page), [page])
  // A view that is in its state is looked at in the other scheme, too.
  useEffect(() => {
    Object.assign(window, { galleryScheme: (next: ColorScheme) => flushSync(() => setColorScheme(next)) })
  }, [])
  return (
    <InlayTheme fill appearance={{ ...brand, colorScheme }} locale={LOCALE}>
      {shown}
    </InlayTheme>
  )
}

/** Long enough for what is drawn after the last step, in milliseconds. */
const SETTLE_MS = 400

/** Tells scripts when the page is as it should be. */
async function show({ act }: GalleryPage): Promise<void> {
  const problem = await act?.().then(
    () => undefined,
    (error: unknown) => String(error),
  )
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  document.documentElement.dataset['galleryReady'] = problem ?? 'yes'
}

Object.assign(window, { galleryPages: Object.keys(PAGES) })
const root = document.getElementById('root')
const page = PAGES[new URLSearchParams(location.search).get('page') ?? 'builder'] ?? PAGES['builder']
if (root !== null && page !== undefined) {
  createRoot(root).render(
    <StrictMode>
      <Gallery page={page} />
    </StrictMode>,
  )
}
