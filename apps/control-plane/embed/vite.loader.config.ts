import { defaultClientConditions, defineConfig } from 'vite'

/** The script tag, served by the control plane as `/embed/v1.js`. Built after the page, into the same folder. */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ['inlay-source', ...defaultClientConditions] },
  build: {
    outDir: '../dist-embed',
    emptyOutDir: false,
    lib: { entry: 'src/loader.ts', formats: ['iife'], name: 'InlayLoader', fileName: () => 'v1.js' },
  },
})
