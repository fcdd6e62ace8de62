import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ROOT } from '../paths.js'
import { generate, writeGenerated } from './generate.js'

const SDK = pathToFileURL(join(ROOT, 'packages/sdk/src/connector/index.ts')).href

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inlay-generate-'))
  write(
    'packages/catalog/package.json',
    '{ "name": "@inlay/catalog", "dependencies": { "@inlay/connector-old": "1" } }',
  )
  write(
    'tsconfig.json',
    '{ "references": [{ "path": "packages/sdk" }, { "path": "connectors/old" }, { "path": "apps/x" }] }',
  )
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

function connector(folder: string, source: string, inlay?: object): void {
  const exports = { '.': { 'inlay-source': './src/index.mjs' } }
  write(`connectors/${folder}/package.json`, JSON.stringify({ name: `@inlay/connector-${folder}`, exports, inlay }))
  write(`connectors/${folder}/src/index.mjs`, source)
}

const sourceOf = (id: string, version: string): string => `
import { action, defineConnector, z } from '${SDK}'
const send = action({
  name: 'Send | post', description: 'Sends.',
  input: z.object({ to: z.array(z.object({ mail: z.email() })).meta({ title: 'To' }), kind: z.enum(['a', 'b']).default('a') }),
  output: z.object({ id: z.string() }), sampleOutput: { id: 'm1' }, run: async () => ({ id: 'm1' }),
})
export const connector = defineConnector({
  id: '${id}', version: '${version}', name: 'Acme <b>', description: 'Orders.', auth: { kind: 'bearer' }, actions: { send },
})`

describe('generating the catalog', () => {
  it('writes what apps load and show, and then has nothing more to do', async () => {
    connector('acme', sourceOf('acme', '2.0.0'))
    connector('acme-v1', sourceOf('acme', '1.4.0'), { deprecated: 'Use version 2.' })
    writeGenerated(root, await generate(root))
    expect(read('packages/catalog/generated/catalog.js')).toContain(
      "{ id: 'acme', version: '1.4.0', load: () => import('@inlay/connector-acme-v1') }",
    )
    const display = JSON.parse(read('packages/catalog/generated/display/acme@2.0.0.json'))
    expect(display).toMatchObject({ id: 'acme', actions: [{ id: 'send', inputSchema: { required: ['to'] } }] })
    expect(JSON.parse(read('packages/catalog/generated/display/index.json'))).toMatchObject([
      { version: '2.0.0', deprecated: null },
      { version: '1.4.0', deprecated: 'Use version 2.' },
    ])
    expect(JSON.parse(read('packages/catalog/package.json')).dependencies).toEqual({
      '@inlay/connector-acme': 'workspace:*',
      '@inlay/connector-acme-v1': 'workspace:*',
    })
    expect(await generate(root)).toMatchObject({ stale: [], broken: [] })
  })

  it('documents each action with its fields, whatever their texts hold', async () => {
    connector('acme', sourceOf('acme', '2.0.0'))
    connector('acme-v1', sourceOf('acme', '1.4.0'))
    const { files } = await generate(root)
    const page = files.get('docs/connectors/acme.md') ?? ''
    expect(page).toContain('# Acme \\<b\\>\n')
    expect(page).toContain('### Send \\| post\n')
    expect(page).toContain('| `to` | list of object | yes | To. |')
    expect(page).toContain('| `to[].mail` | e-mail address | yes |')
    expect(page).toContain('| `kind` | one of "a", "b" |  | Default: "a". |')
    expect(files.get('docs/connectors/README.md')).toContain('[Acme \\<b\\>](acme@1.4.0.md)')
  })

  it.each([
    ['throws', 'throw new Error("no database here")', /no database here/],
    ['throws a text', 'throw "boom"', /boom/],
    ['does not compile', 'export const connector = {', /./],
    ['exports nothing', 'export {}', /./],
    ['exports something else', 'export const connector = { id: 1 }', /./],
    ['repeats another', sourceOf('acme', '2.0.0'), /already gives acme@2\.0\.0/],
  ])('leaves out a connector that %s, and only that', async (_, source, reason) => {
    connector('acme', sourceOf('acme', '2.0.0'))
    connector('bad', source)
    const { files, broken } = await generate(root)
    expect(broken).toMatchObject([{ package: { folder: 'connectors/bad' }, reason: expect.stringMatching(reason) }])
    expect(files.get('packages/catalog/generated/catalog.js')).toContain('@inlay/connector-acme')
    expect(files.get('packages/catalog/generated/catalog.js')).not.toContain('@inlay/connector-bad')
  })

  it('leaves out packages that say that they are no connector', async () => {
    connector('bridge', 'throw new Error("never loaded")', { connector: false })
    const { files, broken } = await generate(root)
    expect(broken).toEqual([])
    expect(files.get('packages/catalog/generated/catalog.js')).not.toContain('bridge')
  })

  it('names and removes what should not be there', async () => {
    connector('acme', sourceOf('acme', '2.0.0'))
    writeGenerated(root, await generate(root))
    write('docs/connectors/gone.md', '# Gone')
    write('packages/catalog/generated/display/acme@2.0.0.json', '{}')
    const generation = await generate(root)
    expect(generation.stale).toEqual(['docs/connectors/gone.md', 'packages/catalog/generated/display/acme@2.0.0.json'])
    writeGenerated(root, generation)
    expect((await generate(root)).stale).toEqual([])
  })
})
