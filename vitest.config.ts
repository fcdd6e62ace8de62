import { defineConfig } from 'vitest/config'

/**
 * Tests read our packages from source: no build is needed before a unit test. `import` must not be named: Node is given
 * these too, and a CommonJS package that requires another one would then get its ES module. Nor must `module`: some
 * packages offer bundlers what Node cannot load.
 */
const conditions = ['inlay-source', 'node']

/** Whole processes, browsers and faults: they want the machine to themselves. */
const WHOLE = ['tests/e2e/src/**/*.test.ts', 'apps/*/src/**/*.int.test.ts']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{packages,apps,connectors,scripts,examples}/**/src/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/dist/**', ...WHOLE],
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { name: 'whole', include: WHOLE, maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
  },
})
