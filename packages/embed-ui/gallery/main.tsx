import { StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { type ColorScheme, InlayTheme, type Tokens } from '../src/index.js'
import '../src/theme/styles.css'
import type { GalleryPage, GalleryPages } from './gallery-page.js'
import './gallery.css'

/** Another vendor's look, to see that nothing depends on ours. */
const BRAND: Tokens = {
  colorPrimary: '#0f766e',
  colorFocus: '#0f766e',
  colorSelection: '#d5f0ec',
  colorEdgeActive: '#0f766e',
  colorNodeAction: '#0f766e',
  radiusControl: '3px',
  radiusCard: '5px',
  fontFamily: 'Georgia, "Noto Serif", serif',
}
const BRAND_DARK: Tokens = {
  colorPrimary: '#5eead4',
  colorOnPrimary: '#042f2e',
  colorFocus: '#5eead4',
  colorSelection: '#134e4a',
  colorEdgeActive: '#5eead4',
  colorNodeAction: '#5eead4',
}

const FILES = import.meta.glob<{ readonly PAGES: GalleryPages }>('./pages/*.tsx', { eager: true })
const PAGES: GalleryPages = Object.assign({}, ...Object.values(FILES).map((file) => file.PAGES))

function Gallery({ page }: { readonly page: GalleryPage }) {
  const parameters = new URLSearchParams(location.search)
  // Only the gallery's own scripts write this address.
  const colorScheme = (parameters.get('scheme') ?? 'auto') as ColorScheme
  const brand = parameters.has('brand') ? { tokens: BRAND, dark: BRAND_DARK } : {}
  useEffect(() => void show(page), [page])
  return (
    <InlayTheme fill appearance={{ colorScheme, ...brand }} locale={parameters.get('locale') ?? 'en'}>
      {page.draw()}
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
