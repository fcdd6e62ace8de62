/** What the guide tells vendors to copy, run as it stands there. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, hasServers, startTestServer, type TestServer } from '../http/test-server.js'

const APP = fileURLToPath(new URL('../..', import.meta.url))
const SDK = fileURLToPath(new URL('../../../../packages/sdk/dist/embed/index.js', import.meta.url))
const GUIDE = fileURLToPath(new URL('../../../../docs/how-to/embed.md', import.meta.url))
const isReady = hasServers() && existsSync(`${APP}/dist-embed/v1.js`) && existsSync(SDK)

/** The first block of a language in the guide. */
function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readFileSync(GUIDE, 'utf8'))?.[1] ?? ''
}

describe.skipIf(!isReady)('the guide to embedding', () => {
  let server: TestServer
  let vendor: ChildProcess
  let folder: string
  let origin: string

  beforeAll(async () => {
    const port = await freePort()
    origin = `http://localhost:${port}`
    server = await startTestServer({ allowedOrigins: [origin] })
    // Inside the app, where its imports are found.
    folder = mkdtempSync(join(APP, 'dist-embed/.guide-'))
    mkdirSync(join(folder, 'public'))
    writeFileSync(join(folder, 'server.mjs'), block('js'))
    writeFileSync(join(folder, 'public/index.html'), block('html').replaceAll('https://plane.example', server.base))
    const { tenantId, embedKeyId, embedSigningKey } = server.demo
    const own = { INLAY_URL: server.base, INLAY_TENANT_ID: tenantId, INLAY_KEY_ID: embedKeyId, PORT: String(port) }
    const env = { ...process.env, ...own, INLAY_SIGNING_KEY: embedSigningKey }
    vendor = spawn(process.execPath, ['server.mjs'], { cwd: folder, env, stdio: 'inherit' })
  })

  afterAll(async () => {
    vendor?.kill()
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    await server?.close()
  })

  it('takes at most twelve lines of server and five of client', () => {
    const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '').length
    expect(lines(block('js'))).toBeLessThanOrEqual(12)
    expect(lines(block('html'))).toBeLessThanOrEqual(5)
  })

  it('puts a working builder on the page', async () => {
    const browser = await chromium.launch({
      executablePath: process.env['INLAY_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    try {
      await expect
        .poll(
          () =>
            fetch(origin)
              .then(({ ok }) => ok)
              .catch(() => false),
          { timeout: 60_000 },
        )
        .toBe(true)
      const page = await browser.newPage()
      await page.goto(origin)
      const widget = page.frameLocator('inlay-builder iframe')
      await widget.getByRole('heading', { name: 'Automations', level: 1 }).waitFor({ timeout: 60_000 })
    } finally {
      await browser.close()
    }
  })
})
