import type { ScaffoldOptions } from './options.js'

type Files = readonly (readonly [path: string, content: string])[]

/** What a connector needs in a checkout of Inlay. */
export function workspaceFiles({ id, name }: ScaffoldOptions): Files {
  const exported = { types: './dist/index.d.ts', default: './dist/index.js' }
  const manifest = {
    name: `@inlay/connector-${id}`,
    ...COMMON,
    description: `Automate ${name}.`,
    exports: { '.': { 'inlay-source': './src/index.ts', ...exported } },
    publishConfig: { access: 'public', exports: { '.': exported } },
    dependencies: { '@inlay/sdk': 'workspace:*' },
    devDependencies: { '@types/node': 'catalog:' },
  }
  const config = {
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src'],
    references: [{ path: '../../packages/sdk' }],
    exclude: TESTS,
  }
  return [
    ['package.json', json(manifest)],
    ['tsconfig.json', json(config)],
  ]
}

/** What a connector needs that is a package of its own. */
export function standaloneFiles({ id, name }: ScaffoldOptions): Files {
  const manifest = {
    name: `inlay-connector-${id}`,
    ...COMMON,
    description: `Automate ${name} with Inlay.`,
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    scripts: { build: 'tsc -p tsconfig.build.json', check: 'tsc --noEmit', test: 'vitest run' },
    dependencies: { '@inlay/sdk': '^0.1.0' },
    devDependencies: { '@types/node': '^20.19.0', typescript: '^6.0.0', vitest: '^4.0.0' },
  }
  const config = {
    compilerOptions: {
      target: 'ES2023',
      lib: ['ES2023'],
      module: 'NodeNext',
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
      declaration: true,
      types: ['node'],
      rootDir: 'src',
      outDir: 'dist',
    },
    include: ['src'],
  }
  return [
    ['package.json', json(manifest)],
    ['tsconfig.json', json(config)],
    ['tsconfig.build.json', json({ extends: './tsconfig.json', exclude: TESTS })],
    ['.gitignore', 'node_modules\ndist\n'],
  ]
}

const TESTS = ['src/**/*.test.ts']

const COMMON = {
  version: '0.1.0',
  license: 'MIT',
  type: 'module',
  engines: { node: '>=20.19' },
  sideEffects: false,
  files: ['dist', 'README.md'],
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
