import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

const ENGINE = '@inlay/engine'
const ENTRIES = ['index', 'frame', 'frame-page', 'loader', 'element', 'ui']

/** The package as it is published: ES modules beside the declarations of `tsc`, and one file of styles. */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['inlay-source', ...defaultClientConditions] },
  build: {
    outDir: 'dist',
    // The compiler's declarations lie there too.
    emptyOutDir: false,
    sourcemap: true,
    cssCodeSplit: false,
    lib: {
      entry: Object.fromEntries([
        ...ENTRIES.map((name) => [name, `src/${name}.ts`]),
        ['with-styles', 'src/with-styles.ts'],
      ]),
      formats: ['es'],
      cssFileName: 'styles',
    },
    rolldownOptions: {
      // Of the engine, which is for servers, pages get the few functions that they use, and none of Node's modules.
      external: (id) => id !== ENGINE && !/^[./]|\.css$|:\\/.test(id),
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
})
