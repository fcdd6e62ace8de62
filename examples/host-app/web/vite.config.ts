import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

/** The pages of the example. Outside of this repository the `conditions` are not needed. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['inlay-source', ...defaultClientConditions] },
  build: {
    outDir: '../dist-web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: `${import.meta.dirname}/index.html`,
        frame: `${import.meta.dirname}/frame.html`,
        elements: `${import.meta.dirname}/elements.html`,
      },
    },
  },
})
