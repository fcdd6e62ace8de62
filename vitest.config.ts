import { defineConfig } from 'vitest/config'

/**
 * Tests read our packages from source: no build is needed before a unit test. `import` must not be named: Node is given
 * these too, and a CommonJS package that requires another one would then get its ES module. Nor must `module`: some
 * packages offer bundlers what Node cannot load.
 */
const conditions = ['inlay-source', 'node']

/** Whole processes under faults and load: what they wait for comes too late when others take their time. */
const FAULTS = ['tests/e2e/src/{faults,canary}.int.test.ts', 'tests/e2e/src/faults/*.test.ts']
const SERVERS = ['apps/*/src/**/*.int.test.ts']

/** Stories of people in front of a browser, of installing, and of requests: each mostly waits, and stands another beside it. */
const STORIES = ['tests/e2e/src/**/*.test.ts']
const REQUESTS = ['apps/control-plane/src/**/*.int.test.ts']

/**
 * They keep nothing in modules: what all of them import is read once, not once a file. Not so where tests count or end the
 * processes of their own: those of code steps, of pieces, and of scripts.
 */
const SHARING = [
  'connectors/!(activepieces-bridge)/src/**/*.test.ts',
  'packages/{openapi,platform,sdk}/src/**/*.test.ts',
]

/** Longer than they wait for anything, so that a failure says what did not come. */
const PATIENT = { testTimeout: 600_000, hookTimeout: 300_000 }

/** `pnpm first-hour` measures what stories take. */
const areTimed = process.env['INLAY_FIGURES'] !== undefined
const NOT_OURS = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Who waits in vain waits long; nobody else does.
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{packages,apps,connectors,scripts,examples}/**/src/**/*.test.ts'],
          exclude: [...NOT_OURS, ...SERVERS, ...SHARING],
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'views',
          include: ['{packages,apps}/**/src/**/*.test.tsx'],
          exclude: NOT_OURS,
          setupFiles: 'packages/embed-ui/gallery/fixtures/test-setup.ts',
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'sharing',
          include: SHARING,
          exclude: NOT_OURS,
          maxWorkers: '100%',
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'stories',
          include: [...STORIES, ...REQUESTS],
          exclude: [...NOT_OURS, ...FAULTS],
          maxWorkers: areTimed ? 1 : '100%',
          ...PATIENT,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: [...FAULTS, ...SERVERS],
          exclude: [...NOT_OURS, ...REQUESTS],
          maxWorkers: 1,
          ...PATIENT,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
