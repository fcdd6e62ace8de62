import { defineConfig } from 'vitest/config'

/**
 * Tests read our packages from source: no build is needed before a unit test. `import` must not be named: Node is given
 * these too, and a CommonJS package that requires another one would then get its ES module. Nor must `module`: some
 * packages offer bundlers what Node cannot load.
 */
const conditions = ['inlay-source', 'node']

/** What takes minutes on one core, and stands another one beside it. */
const LONG = [
  'tests/e2e/src/{gallery.int,launcher.int,packages}.test.ts',
  'tests/e2e/src/{frame,portal,publish-and-run}-stories.int.test.ts',
  'apps/control-plane/src/embed-test/*.int.test.ts',
]

/** Whole processes, browsers and faults: they want the machine to themselves. */
const WHOLE = ['tests/e2e/src/**/*.test.ts', 'apps/*/src/**/*.int.test.ts']
const NOT_OURS = ['**/node_modules/**', '**/dist/**']

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
          exclude: [...NOT_OURS, ...WHOLE],
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { name: 'long', include: LONG, maxWorkers: '100%', sequence: { groupOrder: 2 } } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: WHOLE,
          exclude: [...NOT_OURS, ...LONG],
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
