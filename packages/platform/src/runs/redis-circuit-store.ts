import type { Blocked, CircuitStore } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { BLOCKED, PAUSE, PROBE, REPORT, SETTLE, TAKE, TURN } from './redis-circuit-store.lua.js'

export interface RedisCircuitStoreOptions {
  /** A connection that fails fast. */
  readonly redis: Redis
  /** Stands before all keys; the braces keep them in one slot of a Redis cluster. @default 'inlay:{governor}:' */
  readonly prefix?: string
}

/** What the processes of a deployment know of services in trouble, in Redis: one script for each question. */
export function createRedisCircuitStore({
  redis,
  prefix = 'inlay:{governor}:',
}: RedisCircuitStoreOptions): CircuitStore {
  const open = `${prefix}open`
  const pauses = `${prefix}pauses`
  const circuit = (key: string): string => `${prefix}circuit:${key}`
  return {
    report: async (key, { calls, failures }, { windowMs, minCalls, failureRate, openMs }) => {
      const keys = [`${prefix}window:${key}`, circuit(key), open]
      const args = [key, calls, failures, windowMs, minCalls, failureRate, openMs]
      return { openedForMs: toTime(await redis.eval(REPORT, keys.length, ...keys, ...args)) }
    },
    blocked: async () => {
      // Two lists of keys and numbers, as the script says.
      const [circuits, paused] = (await redis.eval(BLOCKED, 2, open, pauses)) as (string | number)[][]
      return { circuits: toBlocked(circuits), pauses: toBlocked(paused) }
    },
    probe: async (key, { probeMs }) => {
      const answered = await redis.eval(PROBE, 2, circuit(key), open, key, probeMs)
      const [answer, remainingMs] = answered as ['go' | 'try' | 'wait', number]
      return { answer, remainingMs }
    },
    settle: async (key, verdict, { openMs, maxOpenMs }) => {
      const settled = await redis.eval(SETTLE, 2, circuit(key), open, key, verdict, openMs, maxOpenMs)
      return { openedForMs: toTime(settled) }
    },
    pause: async (key, ms) => {
      await redis.eval(PAUSE, 1, pauses, key, Math.ceil(ms))
    },
    take: async (key, { limit, periodMs, wanted }) => {
      const taken = await redis.eval(TAKE, 1, `${prefix}rate:${key}`, limit, periodMs, wanted)
      const [granted, remainingMs] = taken as [number, number]
      return { granted, remainingMs }
    },
    turn: async (key, { requests, perMs, maxWaitMs, pause }) => {
      const turn = await redis.eval(TURN, 2, `${prefix}pace:${key}`, pauses, pause, requests, perMs, maxWaitMs)
      const [answer, waitMs] = turn as ['taken' | 'ahead' | 'paused', number]
      return { answer, waitMs }
    },
  }
}

/** Scripts answer -1 for nothing. */
function toTime(answer: unknown): number | undefined {
  return typeof answer === 'number' && answer >= 0 ? answer : undefined
}

function toBlocked(list: readonly (string | number)[] = []): Blocked[] {
  const blocked: Blocked[] = []
  for (let index = 0; index < list.length; index += 2) {
    blocked.push({ key: String(list[index]), remainingMs: Number(list[index + 1]) })
  }
  return blocked
}
