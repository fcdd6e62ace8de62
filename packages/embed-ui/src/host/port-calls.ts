// Calls between a page and its iframe over a MessagePort. Small, because the loader carries it.

type Handler = (argument: never) => unknown

/** What the other side may call, by name. */
export type PortHandlers = Readonly<Record<string, Handler>>

interface Message {
  readonly id?: number
  readonly call?: string
  readonly argument?: unknown
  readonly reply?: number | undefined
  readonly result?: unknown
  readonly error?: string
}

export interface PortCaller {
  /** Calls the other side. @throws Error with the other side's message */
  call(name: string, argument?: unknown): Promise<unknown>
  close(): void
}

/** Answers calls that come over a port with `handlers`, and calls the other side. */
export function createPortCaller(port: MessagePort, handlers: PortHandlers): PortCaller {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let nextId = 1
  const answer = async ({ id, call = '', argument }: Message) => {
    try {
      const handler = Object.hasOwn(handlers, call) ? handlers[call] : undefined
      if (handler === undefined) throw new Error(`There is no "${call}" here.`)
      // Both sides come from one release and agree on what each name takes.
      port.postMessage({ reply: id, result: await handler(argument as never) } satisfies Message)
    } catch (error) {
      port.postMessage({ reply: id, error: error instanceof Error ? error.message : String(error) })
    }
  }
  port.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.call !== undefined) void answer(data)
    else if (data.reply !== undefined) {
      const call = waiting.get(data.reply)
      waiting.delete(data.reply)
      if (data.error === undefined) call?.resolve(data.result)
      else call?.reject(new Error(data.error))
    }
  }
  return {
    call: (name, argument) =>
      new Promise((resolve, reject) => {
        const id = nextId++
        waiting.set(id, { resolve, reject })
        port.postMessage({ id, call: name, argument } satisfies Message)
      }),
    close: () => port.close(),
  }
}

/** The first message, with the port; posted to the control plane's exact origin only. */
export const CONNECT_MESSAGE = 'inlay:connect@1'
