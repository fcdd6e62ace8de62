import { defineConfig } from 'vitest/config'

/**
 * Tests read our packages from source: no build is needed before a unit test. `import` must not be named: Node is given
 * these too, and a CommonJS package that requires another one would then get its ES module. Nor must `module`: some
 * packages offer bundlers what Node cannot load.
 */
const conditions = ['inlay-source', 'node']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{packages,apps,connectors,scripts,examples}/**/src/**/*.test.{ts,tsx}', 'tests/e2e/src/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // By itself vitest leaves one core to whoever watches.
    maxWorkers: '100%',
  },
})
