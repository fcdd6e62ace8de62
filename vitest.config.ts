import { defineConfig } from 'vitest/config'

/** Tests read our packages from source: no build is needed before a unit test. */
const conditions = ['inlay-source', 'module', 'node', 'import', 'default']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{packages,apps,connectors,scripts,examples}/**/src/**/*.test.{ts,tsx}', 'tests/e2e/src/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
