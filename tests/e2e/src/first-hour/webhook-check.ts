/** How a host verifies a webhook of ours, as the README says, run as it stands there. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sign } from '@inlay/sdk/webhooks'
import { expect } from 'vitest'
import { recordFigure } from '../harness/figures.js'
import { freePort, ROOT, type RunningProduct } from '../harness/product.js'
import type { Stage } from './stage.js'

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

const SDK = join(ROOT, 'packages/sdk')

/** Serves the block of the README with Express, and sends it a good and a forged request, and what really happens. */
export async function verifyOneWebhook({ product }: Stage): Promise<void> {
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
  let listens = false
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
    await expect.poll(() => send(body)).toBe(204)
    expect(await send(`${body} `)).toBe(401)
    listens = await forwards(product, `http://127.0.0.1:${port}/webhooks`)
  } finally {
    host.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  const calls = block.match(/\bverify\(/g)?.length ?? 0
  const lines = block.split('\n').filter((line) => line.trim() !== '').length
  recordFigure(18, { calls, lines, listens })
}

/** Whether `inlay listen` passes on what happens in the running product, the host takes it for ours, and Ctrl-C ends it. */
async function forwards(product: RunningProduct, forward: string): Promise<boolean> {
  const { bin } = JSON.parse(readFileSync(join(SDK, 'package.json'), 'utf8'))
  const program = spawn(process.execPath, [join(SDK, bin.inlay), 'listen', '--forward', forward], {
    env: {
      ...process.env,
      INLAY_API_KEY: product.demo.apiKey,
      INLAY_URL: product.demo.baseUrl,
      INLAY_WEBHOOK_SECRET: SECRET,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  program.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const ended = new Promise<number | null>((resolve) => program.once('close', resolve))
  try {
    await expect.poll(() => output).toContain('Ctrl-C ends it.')
    await product.publish('Told of', [])
    await expect.poll(() => output).toMatch(/workflow\.published +204 /)
    program.kill('SIGINT')
    return (await ended) === 0
  } finally {
    program.kill('SIGKILL')
  }
}
