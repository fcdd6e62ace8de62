import { execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import type { StepError } from '../contracts/errors.js'
import type { TenantId } from '../contracts/ids.js'
import type { CodeJob } from '../ports/code-runner.js'
import { createCodeRunner, type ProcessCodeRunner } from './code-runner.js'
import type { CodeRunnerOptions } from './options.js'

// Tests may name ids as they like; only production code makes them.
const [a, b, c] = ['ten_a', 'ten_b', 'ten_c'] as readonly string[] as readonly [TenantId, TenantId, TenantId]
const exec = promisify(execFile)
/** For a program of its own that uses the runner from source. */
const SOURCE_FLAGS = ['--import', 'tsx', '--conditions=inlay-source', '--input-type=module']
const RUNNER = JSON.stringify(new URL('./index.ts', import.meta.url).href)
const ENDLESS = 'while (true) {}'

const runners: ProcessCodeRunner[] = []
afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.close())))

function setUp(options: CodeRunnerOptions) {
  const runner = createCodeRunner(options)
  runners.push(runner)
  return runner
}

const run = (runner: ProcessCodeRunner, tenantId: TenantId, job: Partial<CodeJob> = {}) =>
  runner.run({ source: 'return input', input: null, ...job, tenantId })

const errorOf = (promise: Promise<unknown>): Promise<StepError> =>
  promise.then(
    () => expect.fail('It succeeded.'),
    (error: StepError) => error,
  )

/** The processes that one has started and that have not been collected. */
function children(pid = process.pid): readonly number[] {
  const threads = `/proc/${pid}/task`
  const lists = readdirSync(threads).map((thread) => readFileSync(`${threads}/${thread}/children`, 'utf8'))
  return lists
    .flatMap((list) => list.split(' '))
    .filter((pid) => pid !== '')
    .map(Number)
}

/** How a process was started; empty when it is gone. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe.skipIf(!existsSync(`/proc/self/task/${process.pid}/children`))('the processes of a code runner', () => {
  it('end with their parent, even when it is killed while code runs without an end', async () => {
    const program = spawn(process.execPath, [
      ...SOURCE_FLAGS,
      '-e',
      `import { createCodeRunner } from ${RUNNER}
      const job = { tenantId: 'ten_a', source: 'while (true) {}', input: null, timeoutMs: 1000 }
      await createCodeRunner({ maxProcesses: 1 }).run(job)`,
    ])
    const sandboxes = () => children(program.pid)
    await until(() => sandboxes().some((pid) => commandOf(pid).includes('sandbox/main.js')))
    const started = sandboxes()
    program.kill('SIGKILL')
    await until(() => started.every((pid) => commandOf(pid) === ''))
  })

  it('start when they are needed, and no more of them than allowed', async () => {
    const runner = setUp({ maxProcesses: 2 })
    expect(children()).toHaveLength(0)
    let most = 0
    const jobs = [a, b, c, a, b, c, a, b].map(async (tenantId) => {
      await run(runner, tenantId)
      most = Math.max(most, children().length)
    })
    await Promise.all(jobs)
    expect(most).toBe(2)
  })

  it('are started ahead for the next tenant, which then has its own', async () => {
    const runner = setUp({ maxProcesses: 3, keepReady: 1 })
    await run(runner, a)
    await until(() => children().length === 2)
    const [, ready] = children()
    const [victim] = children()
    process.kill(Number(victim), 'SIGKILL')
    await until(() => children().length === 1)
    expect((await run(runner, b, { input: 1 })).output).toBe(1)
    expect(children()).toContain(ready)
    const error = await errorOf(run(runner, b, { source: ENDLESS, timeoutMs: 60_000, signal: AbortSignal.timeout(50) }))
    expect(error.kind).toBe('cancelled')
    await until(() => !children().includes(Number(ready)))
  })

  it('are used again, until they have done their number of jobs', async () => {
    const runner = setUp({ maxProcesses: 1, jobsPerProcess: 2 })
    const seen = []
    for (let index = 0; index < 5; index++) {
      await run(runner, a)
      seen.push(...children())
    }
    expect(new Set(seen).size).toBe(3)
    expect([seen[0], seen[2]]).toEqual([seen[1], seen[3]])
  })

  it('never serve two tenants', async () => {
    const runner = setUp({ maxProcesses: 1 })
    const pids = []
    for (const tenantId of [a, b, a]) {
      await run(runner, tenantId)
      pids.push(...children())
    }
    expect(new Set(pids).size).toBe(3)
  })

  it('are killed when nothing else ends the code, and replaced', async () => {
    const runner = setUp({ maxProcesses: 1, graceMs: 1 })
    await run(runner, a)
    const [first] = children()
    // One call of a built-in: QuickJS does not look at the clock before it is done.
    const error = await errorOf(run(runner, a, { source: 'return new Array(3e7) + ""', timeoutMs: 50 }))
    expect(error).toMatchObject({ kind: 'limit', data: { limit: 'time' } })
    await run(runner, a)
    expect(children()).not.toContain(first)
  })

  it('take only their own job with them when they die', async () => {
    const runner = setUp({ maxProcesses: 2 })
    await run(runner, a)
    const [victim] = children()
    const doomed = errorOf(run(runner, a, { source: ENDLESS, timeoutMs: 60_000 }))
    const other = run(runner, b, { input: 'unharmed' })
    process.kill(Number(victim), 'SIGKILL')
    expect(await doomed).toMatchObject({ kind: 'limit', message: 'The code ended its sandbox' })
    expect((await other).output).toBe('unharmed')
    expect((await run(runner, a, { input: 'again' })).output).toBe('again')
  })

  it('are replaced when they die while they are idle', async () => {
    const runner = setUp({ maxProcesses: 1 })
    await run(runner, a)
    process.kill(Number(children()[0]), 'SIGKILL')
    await until(() => children().length === 0)
    expect((await run(runner, a, { input: 1 })).output).toBe(1)
  })

  it('do not end by the signals of a terminal or a service manager', async () => {
    const runner = setUp({ maxProcesses: 1 })
    await run(runner, a)
    const before = children()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(Number(before[0]), signal)
    expect((await run(runner, a, { input: 1 })).output).toBe(1)
    expect(children()).toEqual(before)
  })

  it('end after they were idle for long enough', async () => {
    const runner = setUp({ maxProcesses: 2, idleMs: 0, readyMs: 0 })
    await Promise.all([run(runner, a), run(runner, b)])
    await until(() => children().length === 0)
    expect((await run(runner, a, { input: 1 })).output).toBe(1)
  })

  it('are taken from an idle tenant, and made ready for another', async () => {
    const runner = setUp({ maxProcesses: 1, idleMs: 0, keepReady: 1 })
    await run(runner, a)
    const [first] = children()
    await until(() => children().length === 1 && children()[0] !== first)
    const [ready] = children()
    expect((await run(runner, b, { input: 1 })).output).toBe(1)
    expect(ready).not.toBe(first)
  })

  it('are gone when the runner is closed, and so is what waited', async () => {
    const runner = setUp({ maxProcesses: 1 })
    await run(runner, a)
    const running = errorOf(run(runner, a, { source: ENDLESS }))
    const waiting = errorOf(run(runner, b))
    await runner.close()
    expect(children()).toHaveLength(0)
    expect([(await running).kind, (await waiting).kind]).toEqual(['cancelled', 'cancelled'])
    expect(await errorOf(run(runner, a))).toMatchObject({ kind: 'cancelled' })
    await runner.close()
  })

  it('are gone when the runner is closed while one starts', async () => {
    const runner = setUp({ maxProcesses: 1 })
    const starting = errorOf(run(runner, a))
    await runner.close()
    expect(children()).toHaveLength(0)
    expect((await starting).kind).toBe('cancelled')
  })

  it('are killed when the signal of their job aborts', async () => {
    const runner = setUp({ maxProcesses: 1 })
    const controller = new AbortController()
    await run(runner, a)
    const [victim] = children()
    const running = errorOf(run(runner, a, { source: ENDLESS, timeoutMs: 60_000, signal: controller.signal }))
    const reason = new Error('The run was cancelled')
    // The job goes to the process before anything else is done.
    await new Promise((resolve) => setImmediate(resolve))
    controller.abort(reason)
    expect(await running).toMatchObject({ kind: 'cancelled', cause: reason })
    await until(() => !children().includes(Number(victim)))
    expect(await errorOf(run(runner, a, { signal: controller.signal }))).toMatchObject({ kind: 'cancelled' })
    expect((await run(runner, a, { input: 1 })).output).toBe(1)
  })
})

describe('a code runner whose processes do not start', () => {
  it('says so, and tries again with the next job', async () => {
    const runner = setUp({ maxProcesses: 1 })
    const { execPath } = process
    try {
      // One that ends, one that is not there, and one that writes without an end.
      for (const path of ['/bin/false', '/nowhere/node', '/usr/bin/yes']) {
        process.execPath = path
        expect(await errorOf(run(runner, a))).toMatchObject({ kind: 'bug', retryable: true })
      }
    } finally {
      process.execPath = execPath
    }
    expect((await run(runner, a, { input: 1 })).output).toBe(1)
  })
})

describe('a program with a code runner', () => {
  it('goes on while a job or an end is awaited, and ends when its processes are idle', async () => {
    const program = `
      import { createCodeRunner } from ${RUNNER}
      const runner = createCodeRunner({ maxProcesses: 1, idleMs: 600_000 })
      const run = (tenantId, source) => runner.run({ tenantId, source, input: null })
      await run('ten_a', 'return 1')
      await run('ten_b', 'return 1')
      const running = run('ten_b', 'while (true) {}').catch((error) => console.log(error.kind))
      await runner.close()
      await running
      await createCodeRunner({ idleMs: 600_000 }).run({ tenantId: 'ten_c', source: 'return 1', input: null })
      console.log('end')`
    const { stdout } = await exec(process.execPath, [...SOURCE_FLAGS, '-e', program])
    expect(stdout).toBe('cancelled\nend\n')
  })
})

describe('jobs that wait for a process', () => {
  it('leave when their signal aborts', async () => {
    const runner = setUp({ maxProcesses: 1 })
    const controller = new AbortController()
    const first = run(runner, a, { input: 1 })
    const waiting = errorOf(run(runner, a, { signal: controller.signal }))
    const last = run(runner, a, { input: 3 })
    controller.abort()
    expect((await waiting).kind).toBe('cancelled')
    expect([(await first).output, (await last).output]).toEqual([1, 3])
  })

  it('may be many of one run without a warning', async () => {
    const runner = setUp({ maxProcesses: 1 })
    const warnings: Error[] = []
    const onWarning = (warning: Error) => warnings.push(warning)
    process.on('warning', onWarning)
    const { signal } = new AbortController()
    await Promise.all(Array.from({ length: 30 }, () => run(runner, a, { signal })))
    process.off('warning', onWarning)
    expect(warnings).toEqual([])
  })

  it('are limited in number, with an error that may be tried again', async () => {
    const runner = setUp({ maxProcesses: 1, maxQueued: 2, maxQueuedPerTenant: 1 })
    const accepted = [run(runner, a), run(runner, a), run(runner, b)]
    for (const tenantId of [a, b, c]) {
      expect(await errorOf(run(runner, tenantId))).toMatchObject({ kind: 'limit', retryable: true, retryAfterMs: 1000 })
    }
    await Promise.all(accepted)
    await run(runner, c)
  })

  it('are served tenant by tenant, so that a flood delays nobody else', async () => {
    const runner = setUp({ maxProcesses: 1, turnMs: 0 })
    const order: TenantId[] = []
    const submit = (tenantId: TenantId) => run(runner, tenantId).then(() => order.push(tenantId))
    await Promise.all([a, a, a, a, a, b, c, b].map(submit))
    expect(order.slice(0, 4).sort()).toEqual([a, a, b, c])
  })

  it('of one tenant go on in its process while its turn lasts', async () => {
    const runner = setUp({ maxProcesses: 1, turnMs: 60_000 })
    const order: TenantId[] = []
    const submit = (tenantId: TenantId) => run(runner, tenantId).then(() => order.push(tenantId))
    await Promise.all([a, b, a, b, a].map(submit))
    expect(order).toEqual([a, a, a, b, b])
  })
})
