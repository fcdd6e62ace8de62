/** `--clean`: from a fresh clone to a portal that answers, with the one command of the README. */
import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { capture } from '../command.js'
import { Refusal } from '../failure.js'
import { ROOT, temporaryFolder } from '../paths.js'
import { freePort } from '../services/free-port.js'

const TIMEOUT_MS = 600_000
const STOP_MS = 60_000

/**
 * Clones the last commit, starts it and waits for the portal's page; what was made is thrown away again.
 *
 * @returns seconds from the command to the page. Packages come from the caches of this machine.
 * @throws Refusal when it does not start
 */
export async function measureCleanStart(signal: AbortSignal): Promise<number> {
  const folder = temporaryFolder('inlay-clone-')
  const clone = join(folder, 'clone')
  try {
    const { code, output } = await capture('git', ['clone', '--quiet', ROOT, clone], { signal })
    if (code !== 0) throw new Refusal(`The clone failed: ${output.trim()}`)
    return await measureStart(clone, signal)
  } finally {
    // What has just ended may still write its last words there.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 })
  }
}

async function measureStart(clone: string, signal: AbortSignal): Promise<number> {
  const port = await freePort()
  const startMs = performance.now()
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port) }
  const child = spawn('npx', ['-y', 'pnpm@12', 'start'], {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  try {
    await untilAnswered(`http://localhost:${port}/`, () => {
      if (signal.aborted) throw new Refusal('Stopped.')
      const isLate = performance.now() - startMs > TIMEOUT_MS
      if (child.exitCode !== null || isLate) throw new Refusal(`The clone did not start:\n${output.slice(-2000)}`)
    })
    return (performance.now() - startMs) / 1000
  } finally {
    await stop(child)
  }
}

async function untilAnswered(address: string, check: () => void): Promise<void> {
  for (;;) {
    check()
    const answer = await fetch(address).catch(() => undefined)
    if (answer?.ok === true) return
    await delay(100)
  }
}

/** As Ctrl-C does, to all of its group; a program that was started in the background is deaf to Ctrl-C alone. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  await Promise.race([ended, delay(STOP_MS)])
}
