import { ComponentsPage } from '../ComponentsPage.js'
import type { GalleryPages } from '../gallery-page.js'

export const PAGES: GalleryPages = { components: { draw: () => <ComponentsPage /> } }
