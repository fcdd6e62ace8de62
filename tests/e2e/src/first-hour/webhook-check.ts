/** How a host verifies a webhook of ours, as the README says, run as it stands there. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sign } from '@inlay/sdk/webhooks'
import { expect } from 'vitest'
import { capture } from '../harness/capture.js'
import { recordFigure } from '../harness/figures.js'
import { freePort, ROOT } from '../harness/product.js'

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

/** Serves the block of the README with Express, and sends it a good and a forged request. */
export async function verifyOneWebhook(): Promise<void> {
  const block = /```js\n(.*?)```/s.exec(readFileSync(join(ROOT, 'packages/sdk/README.md'), 'utf8'))?.[1] ?? ''
  const port = await freePort()
  // Beside this test, where its imports are found.
  const cache = join(ROOT, 'tests/e2e/node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'webhook-'))
  writeFileSync(
    join(folder, 'host.mjs'),
    `import express from 'express'\nconst app = express()\n${block}\napp.listen(${port})`,
  )
  const host = spawn(process.execPath, ['host.mjs'], {
    cwd: folder,
    env: { ...process.env, INLAY_WEBHOOK_SECRET: SECRET },
    stdio: 'inherit',
  })
  try {
    const body = JSON.stringify({ type: 'run.failed' })
    const send = (text: string) =>
      fetch(`http://127.0.0.1:${port}/webhooks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...sign(body, { secret: SECRET, id: 'msg_1' }) },
        body: text,
      })
        .then(({ status }) => status)
        .catch(() => 0)
    await expect.poll(() => send(body), { timeout: 15_000 }).toBe(204)
    expect(await send(`${body} `)).toBe(401)
  } finally {
    host.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  const calls = block.match(/\bverify\(/g)?.length ?? 0
  const lines = block.split('\n').filter((line) => line.trim() !== '').length
  recordFigure(18, { calls, lines, listens: await hasListen() })
}

/** Whether a program of ours passes webhooks on to a developer's machine: `inlay listen`. */
async function hasListen(): Promise<boolean> {
  for (const name of readdirSync(join(ROOT, 'packages'))) {
    const file = join(ROOT, 'packages', name, 'package.json')
    const { bin = {} } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
    const program: unknown = bin.inlay
    if (typeof program !== 'string') continue
    const { code, output } = await capture(process.execPath, [join(ROOT, 'packages', name, program), '--help'])
    return code === 0 && /\blisten\b/.test(output)
  }
  return false
}
