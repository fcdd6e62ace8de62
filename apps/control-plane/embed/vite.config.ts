import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

/** The page of the iframe, served by the control plane at `/embed/`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/embed/',
  plugins: [react()],
  resolve: { conditions: ['inlay-source', ...defaultClientConditions] },
  build: { outDir: '../dist-embed', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
