import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOptions, UsageError } from './options.js'
import { scaffold } from './scaffold.js'

const exec = promisify(execFile)
const OWN_MODULES = fileURLToPath(new URL('../node_modules', import.meta.url))
const TIMEOUT_MS = 180_000

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'create-inlay-connector-')))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('readOptions', () => {
  it('takes an id, and makes a name of it', () => {
    expect(readOptions(['acme-shop'], '/x')).toEqual({ id: 'acme-shop', name: 'Acme Shop', folder: '/x' })
    expect(readOptions(['connector', 'acme', '--name', 'ACME & Co.'], '/x')).toMatchObject({
      id: 'acme',
      name: 'ACME & Co.',
    })
  })

  it.each([[[]], [['a', 'b']], [['Acme']], [['acme', '--name', "O'Acme"]], [['acme', '--nome', 'x']]])(
    'refuses %j',
    (args) => {
      expect(() => readOptions(args, '/x')).toThrow(UsageError)
    },
  )
})

describe('scaffold', () => {
  it(
    'makes a package of its own that compiles and passes its tests',
    async () => {
      const made = scaffold({ id: 'tea-house', name: 'Tea & House', folder })
      expect(made).toMatchObject({ folder: join(folder, 'inlay-connector-tea-house'), isInWorkspace: false })
      expect(made.files).toContain('src/contract.test.ts')
      expect(readFileSync(join(made.folder, 'src/connector.ts'), 'utf8')).toContain("id: 'tea-house'")
      await useWorkspacePackages(made.folder)
      const run = (tool: string, ...args: string[]) =>
        exec(process.execPath, [join(OWN_MODULES, tool), ...args], { cwd: made.folder })
      await expect(run('typescript/bin/tsc', '--noEmit', '--customConditions', 'inlay-source')).resolves.toBeDefined()
      const tests = await run('vitest/vitest.mjs', 'run', '--reporter=json')
      expect(JSON.parse(tests.stdout)).toMatchObject({ success: true, numFailedTests: 0 })
      expect(JSON.parse(tests.stdout).numPassedTests).toBeGreaterThan(10)
    },
    TIMEOUT_MS,
  )

  it('makes a member of the workspace inside of a checkout, from any folder in it', () => {
    const root = join(folder, 'checkout')
    mkdirSync(join(root, 'connectors/slack'), { recursive: true })
    writeFileSync(join(root, 'pnpm-workspace.yaml'), '')
    const made = scaffold({ id: 'tea', name: 'Tea', folder: join(root, 'connectors/slack') })
    expect(made).toMatchObject({ folder: join(root, 'connectors/tea'), isInWorkspace: true })
    const manifest = JSON.parse(readFileSync(join(made.folder, 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({ name: '@inlay/connector-tea', dependencies: { '@inlay/sdk': 'workspace:*' } })
    expect(() => scaffold({ id: 'tea', name: 'Tea', folder: root })).toThrow(/is not empty/)
  })
})

/** As if they were installed; from source, so that nothing needs to be built. */
async function useWorkspacePackages(project: string): Promise<void> {
  const modules = join(project, 'node_modules')
  mkdirSync(join(modules, '@inlay'), { recursive: true })
  mkdirSync(join(modules, '@types'), { recursive: true })
  for (const name of ['@inlay/sdk', '@types/node', 'vitest', 'typescript']) {
    symlinkSync(realpathSync(join(OWN_MODULES, name)), join(modules, name))
  }
  const conditions = "['inlay-source', 'node']"
  const config = `export default { resolve: { conditions: ${conditions} }, ssr: { resolve: { conditions: ${conditions} } } }\n`
  writeFileSync(join(project, 'vitest.config.mjs'), config)
}
