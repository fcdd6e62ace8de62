import type { Journal } from '@inlay/engine'

/** The calls of a journal at which a process can be told to die. */
export const CRASH_CALLS = ['create', 'claim', 'append', 'finish', 'park'] as const
export type CrashCall = (typeof CRASH_CALLS)[number]

/** Die before or after the n-th call of a method. */
export interface CrashPoint {
  readonly when: 'before' | 'after'
  readonly call: CrashCall
  /** 1 for the first. */
  readonly nth: number
}

/** A journal whose process kills itself at a point, as nothing but SIGKILL does. */
export function armed(journal: Journal, point: CrashPoint | undefined): Journal {
  if (point === undefined) return journal
  let calls = 0
  const dying = new Proxy(journal, {
    get: (target, name) => {
      // Methods are looked up by name: what the proxy is asked for is a method of the journal.
      const method = target[name as keyof Journal] as (...args: unknown[]) => Promise<unknown>
      if (typeof method !== 'function') return method
      if (name !== point.call) return method.bind(target)
      return async (...args: unknown[]) => {
        calls += 1
        const isPoint = calls === point.nth
        if (isPoint && point.when === 'before') die()
        const answer = await method.apply(target, args)
        if (isPoint) die()
        return answer
      }
    },
  })
  return dying
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}
