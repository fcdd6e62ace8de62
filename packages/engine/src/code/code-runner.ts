import { setMaxListeners } from 'node:events'
import { StepError } from '../contracts/errors.js'
import type { CodeJob, CodeResult, CodeRunner } from '../ports/code-runner.js'
import { type CodeRunnerOptions, type ResolvedOptions, requestOf, resolveOptions } from './options.js'
import { resultOf } from './outcome.js'
import { createProcessPool, type PoolTask } from './process-pool.js'

/** A code runner that has processes to end. */
export type ProcessCodeRunner = CodeRunner & {
  /** Cancels what waits or runs, and ends the processes; resolves when they are gone. Safe to call twice. */
  close(): Promise<void>
}

interface Settle {
  resolve(result: CodeResult): void
  reject(error: unknown): void
}

const RETRY_AFTER_OVERFLOW_MS = 1000

/**
 * Runs code in a pool of child processes, each a Node.js without permissions that holds QuickJS compiled to WebAssembly.
 *
 * Every job gets a fresh QuickJS, and every process serves one tenant; one that exceeds its time is killed. The processes
 * start when they are needed, and do not keep the program alive while they are idle.
 *
 * @throws UserError `code.bad_option` for an option out of its range
 * @example
 * const runner = createCodeRunner()
 * const { output } = await runner.run({ tenantId, source: 'return input.a + input.b', input: { a: 1, b: 2 } })
 * await runner.close()
 */
export function createCodeRunner(options: CodeRunnerOptions = {}): ProcessCodeRunner {
  const settings = resolveOptions(options)
  const pool = createProcessPool(settings)
  /** How to cancel each job that waits or runs. */
  const cancels = new Set<(why: string) => void>()
  let isClosed = false

  const submit = (job: CodeJob, settle: Settle): void => {
    if (isClosed) throw new StepError('cancelled', 'The code runner was closed')
    const request = requestOf(job)
    const stop = new AbortController()
    const cancel = (why: string, cause?: unknown): void => {
      pool.withdraw(task)
      stop.abort()
      task.reject(new StepError('cancelled', why, { cause }))
    }
    const onAbort = (): void => cancel('The code was cancelled', job.signal?.reason)
    const forget = (): void => {
      cancels.delete(cancel)
      job.signal?.removeEventListener('abort', onAbort)
    }
    const task: PoolTask = {
      tenantId: job.tenantId,
      request,
      signal: stop.signal,
      resolve(answer) {
        forget()
        settleWith(() => resultOf(answer, request), settle)
      },
      reject(error) {
        forget()
        settle.reject(error)
      },
    }
    cancels.add(cancel)
    // The steps of a run share its signal, and many may wait here: Node.js would take them for a leak.
    if (job.signal !== undefined) setMaxListeners(0, job.signal)
    job.signal?.addEventListener('abort', onAbort, { once: true })
    if (job.signal?.aborted) onAbort()
    else if (!pool.enter(task)) task.reject(overflow(settings))
  }

  return {
    run: (job) => new Promise((resolve, reject) => submit(job, { resolve, reject })),
    async close() {
      isClosed = true
      for (const cancel of cancels) cancel('The code runner was closed')
      await pool.close()
    },
  }
}

function settleWith(result: () => CodeResult, { resolve, reject }: Settle): void {
  try {
    resolve(result())
  } catch (error) {
    reject(error)
  }
}

function overflow({ maxQueued, maxQueuedPerTenant }: ResolvedOptions): StepError {
  return new StepError('limit', 'Too many code steps wait to run', {
    detail: `At most ${maxQueuedPerTenant} of a tenant and ${maxQueued} in all may wait in one process; try again later.`,
    data: { limit: 'queue' },
    retryable: true,
    retryAfterMs: RETRY_AFTER_OVERFLOW_MS,
  })
}
