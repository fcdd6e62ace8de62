/** What is published works where it is installed: outside of this workspace, from tarballs, with npm. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from './harness/product.js'

const exec = promisify(execFile)
const BUNDLE = join(ROOT, 'packages/embed-ui/dist/index.js')
/** What `pnpm build` leaves when everything was built. */
const BUILD_MARKER = join(ROOT, 'node_modules/.cache/inlay-build')

/** Every way into the published packages that servers use. */
const ENTRIES = `
import { compileWorkflow, createEngine, type Journal, type WorkflowDefinition } from '@inlay/engine'
import { createMemoryJournal } from '@inlay/engine/memory'
import { createPostgresJournal } from '@inlay/engine/postgres'
import { createEgress } from '@inlay/engine/http'
import { createFileBlobStore } from '@inlay/engine/blobs'
import { createCodeRunner } from '@inlay/engine/code'
import { engineScenarios, journalScenarios } from '@inlay/engine/conformance'
import { createRemoteConnector } from '@inlay/engine/remote'
import { createApiClient, Inlay } from '@inlay/sdk/client'
import { defineConnector } from '@inlay/sdk/connector'
import { signEmbedToken } from '@inlay/sdk/embed'
import { serveConnector, toNodeHandler } from '@inlay/sdk/serve'
import { describeConnectorContract, runAction } from '@inlay/sdk/testing'
import { verify } from '@inlay/sdk/webhooks'

export const values = [
  compileWorkflow, createEngine, createMemoryJournal, createPostgresJournal, createEgress, journalScenarios,
  createCodeRunner, createFileBlobStore, engineScenarios, createRemoteConnector,
  serveConnector, toNodeHandler, describeConnectorContract,
  createApiClient, Inlay, defineConnector, signEmbedToken, runAction, verify,
]
export type Types = [Journal, WorkflowDefinition]

const client = createApiClient({ baseUrl: 'https://automation.example.com' })
export async function nameOf(id: string): Promise<string> {
  return (await client.workflows.get.query({ id })).name
}
// @ts-expect-error The client's types are those of the API, not \`any\`.
export const wrong: Promise<number> = client.auth.me.query().then(({ tenant }) => tenant.name)
export const stop: () => void = client.runs.watch.subscribe(
  { runId: 'run_1' },
  { onData: (event) => console.log(event.type, event.at) },
).unsubscribe
`

const PAGE = `
import { InlayBuilder } from '@inlay/embed-ui'

export function Automations() {
  return <InlayBuilder baseUrl="https://automation.example.com" getToken={async () => 'token'} />
}
// @ts-expect-error A builder without an address is a mistake.
export const wrong = <InlayBuilder getToken={async () => 'token'} />
`

const COMPILER_OPTIONS = {
  target: 'ES2023',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  module: 'NodeNext',
  strict: true,
  jsx: 'react-jsx',
  types: ['node'],
}

/** Of the READMEs, in the order in which they stand there. */
const EXAMPLES = { engine: { runInMemory: 0 }, sdk: { runAction: 4 } } as const

// A compiler alone makes no bundle. After a whole build there has to be one.
const hasPages = existsSync(BUNDLE) || existsSync(BUILD_MARKER)
const PACKAGES = hasPages ? ['engine', 'sdk', 'embed-ui'] : ['engine', 'sdk']

let folder: string
/** What the compiler complains about in a consumer's files; empty when all is well. */
let complaints: string

// What is packed is what was built.
describe.skipIf(!existsSync(join(ROOT, 'packages/sdk/dist/client/app-router.d.ts')))('the published packages', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inlay-packages-'))
    for (const name of PACKAGES) await pack(name)
    await install()
    const files = ['engine', 'sdk'].flatMap((name) =>
      examplesOf(name).map((code, index) => write(`${name}-${index}.ts`, code)),
    )
    expect(files.length).toBe(8)
    files.push(write('entries.ts', ENTRIES))
    if (hasPages) files.push(write('page.tsx', PAGE))
    write('tsconfig.json', JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files }))
    complaints = await run([process.execPath, 'node_modules/typescript/bin/tsc', '-p', '.'], folder, { mayFail: true })
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('are typed, under strict: every entry, the examples of the READMEs, the builder in a page', () => {
    expect(complaints).toBe('')
  })

  it('load at every entry', async () => {
    // The adapter for S3 needs the client that a host brings along, as the one for PostgreSQL does.
    const entries = ['engine', 'sdk'].flatMap(entriesOf).filter((entry) => entry !== '@inlay/engine/s3')
    write('load.mjs', entries.map((entry) => `await import('${entry}')`).join('\n'))
    expect(await node('load.mjs')).toBe('')
    expect(entries.length).toBe(15)
  })

  it('bring the program that listens', async () => {
    expect(await run([join(folder, 'node_modules/.bin/inlay'), '--help'], folder)).toContain(
      'inlay listen --forward <address>',
    )
  })

  it('run a workflow in memory, as the README of the engine says', async () => {
    expect(await node(`engine-${EXAMPLES.engine.runInMemory}.js`)).toBe('succeeded {"text":"Hello, Kim!"}')
  })

  it('run an action of a connector, as the README of the SDK says', async () => {
    expect(await node(`sdk-${EXAMPLES.sdk.runAction}.js`)).toBe('{ status: 200 }')
  })

  it.skipIf(!hasPages)('hold every file that they export', () => {
    const { exports } = manifestOf('embed-ui')
    const files = Object.values(exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    )
    expect(files.length).toBeGreaterThan(8)
    expect(files.filter((file) => !existsSync(join(folder, 'node_modules/@inlay/embed-ui', file)))).toEqual([])
  })
})

interface Manifest {
  readonly version: string
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

/** The manifest as installed, which packing has changed: sources are not among the exports any more. */
function manifestOf(name: string): Manifest {
  // What npm has installed has the shape of a manifest.
  return JSON.parse(readFileSync(join(folder, 'node_modules/@inlay', name, 'package.json'), 'utf8')) as Manifest
}

function entriesOf(name: string): string[] {
  return Object.keys(manifestOf(name).exports).map((path) => `@inlay/${name}${path.slice(1)}`)
}

function examplesOf(name: string): string[] {
  const text = readFileSync(join(folder, 'node_modules/@inlay', name, 'README.md'), 'utf8')
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
}

async function pack(name: string): Promise<void> {
  await run([...pnpm(), 'pack', '--out', join(folder, `${name}.tgz`)], join(ROOT, 'packages', name))
}

/** The pnpm that runs these tests, so that the network is not asked for another one: a script, or a program. */
function pnpm(): readonly string[] {
  const running = process.env['npm_execpath']
  if (running === undefined || !running.includes('pnpm')) return ['npx', '-y', 'pnpm@12']
  return /\.[cm]?js$/.test(running) ? [process.execPath, running] : [running]
}

async function install(): Promise<void> {
  const tarballs = PACKAGES.map((name) => [`@inlay/${name}`, `file:./${name}.tgz`])
  const others = ['typescript', 'react', 'react-dom', '@types/react', '@types/react-dom', '@types/node', 'postgres']
  const dependencies = Object.fromEntries([...tarballs, ...others.map((name) => [name, catalogVersion(name)])])
  write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module', dependencies }))
  await run(['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error'], folder)
}

/** The version that this workspace uses. */
function catalogVersion(name: string): string {
  const workspace = readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8')
  const line = workspace.split('\n').find((text) => text.trim().replaceAll('"', '').startsWith(`${name}: `))
  if (line === undefined) throw new Error(`The catalog in pnpm-workspace.yaml has no ${name}.`)
  return line.slice(line.indexOf(': ') + 2).trim()
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return name
}

function node(file: string): Promise<string> {
  return run([process.execPath, file], folder)
}

async function run(
  [program = '', ...args]: readonly string[],
  cwd: string,
  { mayFail = false }: { mayFail?: boolean } = {},
): Promise<string> {
  // A setting of the tests' own Node must not decide how the packages resolve.
  const { NODE_OPTIONS: _options, ...env } = process.env
  try {
    return (await exec(program, args, { cwd, env })).stdout.trim()
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    if (mayFail) return `${stdout}${stderr}`.trim()
    throw new Error(`${[program, ...args].join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
  }
}
