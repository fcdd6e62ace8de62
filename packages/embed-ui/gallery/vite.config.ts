import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

/** Every component and view of the package with data from memory: `pnpm gallery`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  resolve: { conditions: ['inlay-source', ...defaultClientConditions] },
  build: { outDir: 'dist', emptyOutDir: true },
})
