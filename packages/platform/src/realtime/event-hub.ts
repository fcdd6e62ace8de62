import type { Redis } from 'ioredis'
import { channelOf } from './channel.js'
import type { WorkflowEvent } from './run-event.js'

/** Subscribing takes a millisecond; while Redis is away nobody should wait for it longer than this. */
const READY_TIMEOUT_MS = 1000

/** One listener's share in the hub. */
export interface Listening {
  /** Resolves once events are being received, or after a second without Redis; never rejects. */
  readonly ready: Promise<void>
  /** Safe to call twice. */
  stop(): void
}

/** Hands events to those who listen in this process, over one Redis connection: see `channelOf` for what is told where. */
export interface EventHub {
  /**
   * Never throws. While Redis is away nothing is heard, so listeners must also look for themselves now and then.
   *
   * @param id of the workflow, customer or tenant
   */
  listen(id: string, listener: (event: WorkflowEvent) => void): Listening
}

type Listener = (event: WorkflowEvent) => void

interface Channel {
  readonly listeners: Set<Listener>
  readonly ready: Promise<void>
}

/** @param subscriber a patient connection; other channels on it are left alone */
export function createEventHub(subscriber: Redis): EventHub {
  const channels = new Map<string, Channel>()
  subscriber.on('message', (name: string, message: string) => {
    const channel = channels.get(name)
    if (channel === undefined) return
    // Written by `createEventPublisher` and `announceDraft`.
    const events = JSON.parse(message) as WorkflowEvent[]
    for (const listener of [...channel.listeners]) for (const event of events) listener(event)
  })
  const open = (name: string): Channel => {
    const ready = settledWithin(subscriber.subscribe(name), READY_TIMEOUT_MS)
    const channel = { listeners: new Set<Listener>(), ready }
    channels.set(name, channel)
    return channel
  }
  return {
    listen: (id, listener) => {
      const name = channelOf(id)
      const channel = channels.get(name) ?? open(name)
      // A function of its own, so that one listener given twice counts twice.
      const own: Listener = (event) => listener(event)
      channel.listeners.add(own)
      return {
        ready: channel.ready,
        stop: () => {
          if (!channel.listeners.delete(own) || channel.listeners.size > 0) return
          channels.delete(name)
          subscriber.unsubscribe(name).catch(() => undefined)
        },
      }
    },
  }
}

async function settledWithin(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timedOut = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs)
  })
  const settled = work.then(
    () => undefined,
    () => undefined,
  )
  await Promise.race([settled, timedOut])
  clearTimeout(timer)
}
