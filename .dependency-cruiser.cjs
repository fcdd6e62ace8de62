/** Who may import whom: the layers of the product. `pnpm boundaries` checks it, and so does `pnpm test`. */
const TESTS = '\\.test\\.tsx?$'

/** @param {string} name @param {string} from @param {string[]} to */
function forbid(name, from, to, fromNot = TESTS) {
  return { name, severity: 'error', from: { path: from, pathNot: fromNot }, to: { path: to } }
}

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    forbid('engine-imports-nothing-of-ours', '^packages/engine/', [
      '^packages/(?!engine/)',
      '^apps/',
      '^connectors/',
      '^scripts/',
    ]),
    forbid('engine-has-no-server-libraries', '^packages/engine/src', ['node_modules/(express|bullmq|ioredis|react)/']),
    forbid('sdk-imports-engine-alone', '^packages/sdk/src/(?!client/)', [
      '^packages/(?!sdk/|engine/)',
      '^apps/',
      '^connectors/',
    ]),
    {
      name: 'sdk-client-sees-platform-as-types-alone',
      severity: 'error',
      from: { path: '^packages/sdk/src/client/' },
      to: { path: ['^packages/platform/'], dependencyTypesNot: ['type-only'] },
    },
    forbid('connectors-import-sdk-connector-alone', '^connectors/', ['^packages/(?!sdk/src/connector/)', '^apps/']),
    {
      name: 'connectors-stand-alone',
      severity: 'error',
      from: { path: '^connectors/([^/]+)/' },
      to: { path: '^connectors/', pathNot: '^connectors/$1/' },
    },
    forbid('openapi-imports-engine-and-sdk-connector', '^packages/openapi/', [
      '^packages/(?!openapi/|engine/|sdk/src/connector/)',
      '^apps/',
      '^connectors/',
      '^scripts/',
    ]),
    forbid('platform-imports-engine-alone', '^packages/platform/', [
      '^packages/(sdk|embed-ui)/',
      '^apps/',
      '^connectors/',
    ]),
    forbid('embed-ui-imports-client-and-engine', '^packages/embed-ui/', [
      '^packages/sdk/src/(?!client/)',
      '^packages/platform/',
      '^apps/',
      '^connectors/',
    ]),
    forbid('catalog-imports-connectors-alone', '^packages/catalog/', ['^packages/(?!catalog/)', '^apps/', '^scripts/']),
    forbid('apps-alone-import-catalog', '^(packages/(?!catalog/)|connectors|scripts|bench|examples)/', [
      '^packages/catalog/',
    ]),
    forbid('nothing-imports-apps', '^(packages|connectors|scripts|bench|examples)/', ['^apps/']),
    {
      name: 'apps-never-import-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    forbid('lucia-in-one-file', '^(packages|apps)/(?!platform/src/identity/sessions\\.ts)', ['node_modules/lucia/']),
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: { path: '^(packages|apps|connectors)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist-[a-z]+)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['inlay-source', 'types', 'import', 'default'],
      exportsFields: ['exports'],
    },
  },
}
