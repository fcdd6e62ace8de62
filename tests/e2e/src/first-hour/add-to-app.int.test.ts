/** A vendor's developer adds the builder to an app that is there, and writes a connector: with packages as npm installs them. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, picture } from '../harness/browser.js'
import { recordFigure, secondsSince } from '../harness/figures.js'
import { freePort, isBuilt, ROOT, RunningProduct } from '../harness/product.js'

const exec = promisify(execFile)
const GUIDE = join(ROOT, 'docs/how-to/embed.md')

let folder: string
let product: RunningProduct
let browser: Browser

describe.skipIf(!isBuilt())('a developer of a vendor', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inlay-vendor-'))
    product = await RunningProduct.start()
    browser = await launchBrowser()
    // Packages are not published yet: what is installed is what would be.
    for (const name of ['engine', 'sdk']) await pack(name)
  })

  afterAll(async () => {
    await browser?.close()
    await product?.dispose()
    rmSync(folder, { recursive: true, force: true })
  })

  it('adds the builder to an app that is there, with what the guide says and nothing more', async () => {
    const app = await existingApp()
    const port = await freePort()
    const commands = ['npm install @inlay/sdk']
    await product.api('PATCH', '/v1/tenant', { allowedOrigins: [`http://localhost:${port}`] })
    const [server, client] = [block('js'), block('html').replaceAll('https://plane.example', product.demo.baseUrl)]
    const startMs = performance.now()
    // The command as it will be, with where its packages come from.
    await run(app, 'npm', ['install', ...tarballs(), ...QUIETLY])
    writeFileSync(join(app, 'server.mjs'), server)
    mkdirSync(join(app, 'public'))
    writeFileSync(join(app, 'public/index.html'), client)
    const vendor = spawn(process.execPath, ['server.mjs'], { cwd: app, env: settings(port), stdio: 'inherit' })
    try {
      await showsBuilder(`http://localhost:${port}`)
      recordFigure(4, { commands, pastedBlocks: 2 })
      recordFigure(5, { seconds: secondsSince(startMs) })
      recordFigure(6, { serverLines: lines(block('js')), clientLines: lines(block('html')) })
    } finally {
      await stop(vendor)
    }
  })

  it('begins a connector with one command, outside of this repository, and its tests pass', async () => {
    const startMs = performance.now()
    // What `npm create inlay-connector tea-house` runs.
    await run(folder, process.execPath, [join(ROOT, 'packages/create-inlay-connector/dist/main.js'), 'tea-house'])
    const connector = join(folder, 'inlay-connector-tea-house')
    await run(connector, 'npm', ['install', ...tarballs(), ...QUIETLY])
    const { stdout } = await run(connector, 'npx', ['vitest', 'run', '--reporter=json'])
    const { success, numPassedTests } = JSON.parse(stdout)
    expect(success).toBe(true)
    recordFigure(17, { scaffoldCommands: 1, testsPassed: numPassedTests, seconds: secondsSince(startMs) })
  })
})

const QUIETLY = ['--no-audit', '--no-fund', '--loglevel=error']

/** The first block of a language in the guide. */
function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readFileSync(GUIDE, 'utf8'))?.[1] ?? ''
}

function lines(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length
}

/** A vendor's app as it was before: Express, and nothing of ours. */
async function existingApp(): Promise<string> {
  const app = join(folder, 'app')
  mkdirSync(app)
  const manifest = { name: 'vendor', private: true, type: 'module', dependencies: { express: '^5.0.0' } }
  writeFileSync(join(app, 'package.json'), JSON.stringify(manifest))
  await run(app, 'npm', ['install', ...QUIETLY])
  return app
}

function settings(port: number): NodeJS.ProcessEnv {
  const { baseUrl, tenantId, embedKeyId, embedSigningKey } = product.demo
  return {
    ...process.env,
    ...{ INLAY_URL: baseUrl, INLAY_TENANT_ID: tenantId, INLAY_KEY_ID: embedKeyId, PORT: String(port) },
    INLAY_SIGNING_KEY: embedSigningKey,
  }
}

async function showsBuilder(origin: string): Promise<void> {
  const answers = () =>
    fetch(origin).then(
      ({ ok }) => ok,
      () => false,
    )
  await expect.poll(answers, { interval: 50 }).toBe(true)
  const page = await browser.newPage()
  await page.goto(origin)
  const widget = page.frameLocator('inlay-builder iframe')
  await widget.getByRole('heading', { name: 'Automations', level: 1 }).waitFor()
  await picture(page, 'first-hour-added')
}

async function pack(name: string): Promise<void> {
  const running = process.env['npm_execpath']
  const isPnpm = running?.includes('pnpm') === true
  const [program = '', ...args] = !isPnpm
    ? ['npx', '-y', 'pnpm@12']
    : /\.[cm]?js$/.test(running)
      ? [process.execPath, running]
      : [running]
  await run(join(ROOT, 'packages', name), program, [...args, 'pack', '--out', join(folder, `${name}.tgz`)])
}

function tarballs(): string[] {
  return ['engine', 'sdk'].map((name) => join(folder, `${name}.tgz`))
}

async function run(cwd: string, program: string, args: readonly string[]): Promise<{ stdout: string }> {
  // A setting of the tests' own Node must not decide how the packages resolve.
  const { NODE_OPTIONS: _options, VITEST: _vitest, ...env } = process.env
  return exec(program, args, { cwd, env })
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill()
  await ended
}
