import { connect, type Socket, type TcpNetConnectOpts } from 'node:net'
import type { NetDoor } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { literalAddress } from './address-policy.js'
import { toCallFailure } from './call-failure.js'
import type { CallTracer } from './call-span.js'
import { Deadline } from './deadline.js'
import { type DestinationGuard, pinnedLookup } from './destination-guard.js'
import type { ForwardProxy } from './forward-proxy.js'

const DEFAULT_TIMEOUT_MS = 10_000
const MAX_PORT = 65_535

interface NetDoorDeps {
  readonly guard: DestinationGuard
  readonly proxy: ForwardProxy | undefined
  readonly tracer: CallTracer
}

/** TCP to permitted destinations only, through the proxy if there is one. */
export function createNetDoor({ guard, proxy, tracer }: NetDoorDeps): NetDoor {
  const openChecked = async (host: string, port: number, deadline: Deadline): Promise<Socket> => {
    const target = { host: literalAddress(host) ?? host, port }
    guard.assertHost(host, port)
    if (proxy === undefined) return open({ ...target, lookup: guard.lookup(port) }, deadline)
    const addresses = await guard.addressesOf(host, port)
    if (!proxy.isBypassed(addresses)) return proxy.open(target, deadline)
    return open({ ...target, lookup: pinnedLookup(addresses) }, deadline)
  }
  return {
    connect: async ({ host, port, timeoutMs = DEFAULT_TIMEOUT_MS, signal }) => {
      if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) throw noPort(port)
      const deadline = new Deadline({ ms: timeoutMs, what: `${host}:${port}`, signal })
      const span = tracer.connect(host, port)
      try {
        const socket = await openChecked(host, port, deadline)
        span.ended()
        return socket
      } catch (error) {
        span.failed(error)
        throw error
      } finally {
        deadline.clear()
      }
    },
  }
}

function open(target: TcpNetConnectOpts & { readonly host: string }, deadline: Deadline): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(target)
    // It stays for the socket's life: an error before the caller listens would otherwise end the process.
    socket.on('error', (error) => reject(toCallFailure(error, target.host)))
    socket.once('connect', () => resolve(socket))
    deadline.onEnd((reason) => {
      socket.destroy()
      reject(reason)
    })
  })
}

function noPort(port: number): StepError {
  return new StepError('validation', `${port} is not a port`, { detail: `A port is a number from 1 to ${MAX_PORT}.` })
}
