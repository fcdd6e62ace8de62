import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

/** The portal, served by the control plane at `/`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['inlay-source', ...defaultClientConditions] },
  build: { outDir: '../dist-portal', emptyOutDir: true, assetsInlineLimit: 0 },
})
