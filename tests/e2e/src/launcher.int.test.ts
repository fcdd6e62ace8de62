/** `start` in the circumstances that people meet: each that it cannot go on in ends with one sentence that says what to do. */
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isRunning, processesOf } from './harness/processes.js'
import { type Demo, freePort, isBuilt, launch, ROOT, RunningProduct } from './harness/product.js'
import { temporaryFolder } from './harness/temporary-folder.js'

const NOBODY = 65_534
const UNTIL_TIMEOUT_MS = 60_000

// These tests look into processes by `/proc`, and drive what users run.
const canRun = isBuilt() && process.platform === 'linux'

interface User {
  readonly uid?: number
  readonly gid?: number
}

/** Starts the launcher where it cannot go on, and sees that nothing is left of it. @returns its last sentence */
async function refusal(folder: string, env: NodeJS.ProcessEnv = {}, user: User = {}): Promise<string> {
  const sentence = await lastSentence(folder, env, user)
  expect(processesOf(folder)).toEqual([])
  return sentence
}

async function lastSentence(folder: string, env: NodeJS.ProcessEnv, user: User): Promise<string> {
  const launcher = launch({ PORT: String(await freePort()), ...env, INLAY_DATA_DIR: folder }, user)
  let [out, err] = ['', '']
  launcher.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  launcher.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const code = await new Promise((resolve) => launcher.once('close', resolve))
  expect({ code, out }).toMatchObject({ code: 1 })
  expect(out).not.toContain('Portal')
  // One line, no stack, no name of an error class.
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(err).not.toMatch(/^\s+at |Error:|This should not have happened/m)
  return err.trim()
}

describe.skipIf(!canRun)('a start that cannot go on', () => {
  let folder: string

  beforeEach(() => {
    folder = temporaryFolder()
  })

  afterEach(() => {
    chmodSync(folder, 0o755)
    rmSync(folder, { recursive: true, force: true })
  })

  it('names the port that is taken and a free one', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const sentence = await refusal(folder, { PORT: String(port) })
    expect(sentence).toMatch(new RegExp(`^Port ${port} is already in use: .* PORT=\\d+ `))
    await new Promise((resolve) => server.close(resolve))
  })

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['REDIS_URL', 'localhost'],
    ['DATABASE_URL', 'mysql://app:hidden-word@localhost/app'],
  ])('says what %s must be when it is %s', async (name, value) => {
    const sentence = await refusal(folder, { [name]: value })
    expect(sentence).toMatch(new RegExp(`^${name} .*must be .*correct it`))
    expect(sentence).not.toContain('hidden-word')
  })

  it('names the data folder that cannot be made', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const sentence = await refusal(join(file, 'data'))
    expect(sentence).toContain(
      `The data folder ${file}/data cannot be written to (ENOTDIR): give this user write access`,
    )
  })

  it('names the data folder that this user may not write to', async ({ skip }) => {
    const isRoot = process.getuid?.() === 0
    // Nothing is forbidden to root, so the launcher runs as nobody, who has to be able to read it.
    if (isRoot && !isOpenToAll(ROOT)) skip('only root can reach this checkout')
    chmodSync(folder, 0o555)
    const sentence = await refusal(folder, {}, isRoot ? { uid: NOBODY, gid: NOBODY } : {})
    expect(sentence).toContain(`The data folder ${folder} cannot be written to (EACCES): give this user write access`)
  })

  it('says what to install where there is no Redis and no way to get one', async () => {
    const sentence = await refusal(folder, withPrograms(folder, ['sh']))
    expect(sentence).toMatch(
      /^There is no Redis on this machine .*: install redis-server or valkey-server, or set REDIS_URL/,
    )
  })

  it('says where to read why neither apt nor the compiler brought a Redis', async () => {
    const env = withPrograms(folder, ['sh'])
    for (const name of ['apt-get', 'make', 'cc'])
      writeFileSync(join(folder, 'bin', name), '#!/bin/sh\necho no network\nexit 100\n', { mode: 0o755 })
    const sentence = await refusal(folder, { ...env, REDISMS_DOWNLOAD_MIRROR: 'http://127.0.0.1:1' })
    expect(sentence).toContain(`installing it failed, see ${join(folder, 'logs/redis-install.log')}`)
    expect(readFileSync(join(folder, 'logs/redis-install.log'), 'utf8')).toContain('ECONNREFUSED')
  })

  it('names the Redis that does not answer', async () => {
    const host = `127.0.0.1:${await freePort()}`
    const sentence = await refusal(folder, { REDIS_URL: `redis://:hidden-word@${host}` })
    expect(sentence).toMatch(new RegExp(`^Redis at ${host}, .*ECONNREFUSED.*: start it, or correct REDIS_URL`))
    expect(sentence).not.toContain('hidden-word')
  })

  it('leaves nothing running when Ctrl-C comes in the middle of it', async () => {
    const launcher = launch({ PORT: String(await freePort()), INLAY_DATA_DIR: folder })
    launcher.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('Starting PostgreSQL')) launcher.kill('SIGINT')
    })
    expect(await new Promise((resolve) => launcher.once('exit', resolve))).toBe(1)
    expect(processesOf(folder)).toEqual([])
  })

  it('names the PostgreSQL that does not answer, and stops the Redis it had started', async () => {
    const host = `127.0.0.1:${await freePort()}`
    const sentence = await refusal(folder, { DATABASE_URL: `postgres://app:hidden-word@${host}/app` })
    expect(sentence).toMatch(new RegExp(`^PostgreSQL at ${host}, .*ECONNREFUSED.*: start it, or correct DATABASE_URL`))
    expect(sentence).not.toContain('hidden-word')
  })
})

describe.skipIf(!canRun)('a product that has run before', () => {
  let product: RunningProduct
  let port: string
  let first: Demo
  let workflowId: string

  beforeAll(async () => {
    port = String(await freePort())
    product = await RunningProduct.start(undefined, { PORT: port })
    first = product.demo
    workflowId = (await product.publish('Kept', [{ id: 'note', type: 'set', values: { kept: true } }])).id
  })

  afterAll(async () => {
    await product?.dispose()
  })

  it.each(['apps/control-plane', 'apps/worker', 'redis-server', 'bin/postgres'])(
    'starts %s again when it dies',
    async (name) => {
      const [victim] = await product.pidsOf(name)
      expect(victim).toBeGreaterThan(0)
      process.kill(victim ?? 0, 'SIGKILL')
      await until(async () => {
        const [successor] = await product.pidsOf(name)
        return successor !== undefined && successor !== victim && (await isReady(product))
      })
      expect(await product.api('GET', `/v1/workflows/${workflowId}`)).toMatchObject({ name: 'Kept' })
    },
    90_000,
  )

  it('ends every process on Ctrl-C', async () => {
    const pids = processesOf(product.folder)
    expect(pids.length).toBeGreaterThanOrEqual(6)
    expect(await product.interrupt()).toBe(0)
    expect(pids.filter(isRunning)).toEqual([])
    expect(processesOf(product.folder)).toEqual([])
  })

  it.each([
    [
      'postgres/PG_VERSION',
      (file: string) => writeFileSync(file, 'garbage'),
      /database folder .*postgres cannot be used/,
    ],
    [
      'postgres/global/pg_control',
      (file: string) => truncateSync(file, 100),
      /database folder .*postgres cannot be used/,
    ],
    ['secrets.json', (file: string) => truncateSync(file, 40), /secrets\.json is damaged/],
  ])(
    'says that %s is damaged and what to do',
    async (name, damage, expected) => {
      const file = join(product.folder, name)
      const whole = readFileSync(file)
      damage(file)
      const sentence = await refusal(product.folder)
      expect(sentence).toMatch(expected)
      expect(sentence).toContain('put back a copy of it, or move the whole data folder away to start afresh')
      writeFileSync(file, whole)
    },
    60_000,
  )

  it('has its data again, and mends what it can make anew', async () => {
    writeFileSync(join(product.folder, 'demo.json'), '{"baseUrl":')
    writeFileSync(join(product.folder, 'redis/appendonlydir/appendonly.aof.manifest'), 'garbage')
    product = await RunningProduct.start(product.folder, { PORT: port })
    expect(product.demo).toEqual(first)
    expect(await product.api('GET', `/v1/workflows/${workflowId}`)).toMatchObject({ name: 'Kept' })
  })

  it('refuses a second launcher, and takes over from one that was killed', async () => {
    expect(await lastSentence(product.folder, {}, {})).toMatch(/^The product is already running from .*: stop it first/)
    const left = processesOf(product.folder)
    await product.kill()
    product = await RunningProduct.start(product.folder, { PORT: port })
    expect(left.filter(isRunning)).toEqual([])
    expect(product.demo).toEqual(first)
    expect(await product.api('GET', `/v1/workflows/${workflowId}`)).toMatchObject({ name: 'Kept' })
  })
})

/** An environment in which only these programs are found. */
function withPrograms(folder: string, names: readonly string[]): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const name of names) symlinkSync(join('/bin', name), join(bin, name))
  return { PATH: bin, REDISMS_DOWNLOAD_DIR: join(folder, 'downloads') }
}

function isOpenToAll(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o005) !== 0o005) return false
    if (path === dirname(path)) return true
  }
}

async function isReady({ demo }: RunningProduct): Promise<boolean> {
  const answer = await fetch(`${demo.baseUrl}/readyz`).catch(() => undefined)
  return answer?.ok === true
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + UNTIL_TIMEOUT_MS
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('It did not happen within a minute.')
    await delay(100)
  }
}
