import { connect, type Socket } from 'node:net'
import type { NetDoor } from '../contracts/connector.js'
import { isInlayError, StepError } from '../contracts/errors.js'
import { type AddressPolicy, literalAddress } from './address-policy.js'
import { createDeadline } from './deadline.js'
import { addressRefused, type SafeLookup, unreachable } from './safe-lookup.js'

const DEFAULT_TIMEOUT_MS = 10_000
/** Mail submission; everything else is either HTTP or on an address that the operator allows. */
const PUBLIC_PORTS = new Set([25, 465, 587, 2525])

interface NetDoorOptions {
  readonly policy: AddressPolicy
  readonly lookup: SafeLookup
}

/** TCP to permitted addresses only. */
export function createNetDoor({ policy, lookup }: NetDoorOptions): NetDoor {
  return {
    connect: async ({ host, port, timeoutMs = DEFAULT_TIMEOUT_MS, signal }) => {
      const address = literalAddress(host)
      if (address !== undefined && !policy.permits(address)) throw addressRefused(host)
      const anyPort = address !== undefined && policy.isAllowListed(address)
      if (!anyPort && !PUBLIC_PORTS.has(port)) {
        throw new StepError('rejected', `Port ${port} of ${host} is not allowed`, {
          detail: `Mail servers are reached on the ports ${[...PUBLIC_PORTS].join(', ')}.`,
        })
      }
      const deadline = createDeadline(timeoutMs, `${host}:${port}`, signal)
      try {
        return await open({ host: address ?? host, port, lookup }, deadline.signal)
      } finally {
        deadline.clear()
      }
    },
  }
}

function open(target: { host: string; port: number; lookup: SafeLookup }, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(target)
    const onAbort = (): void => {
      socket.destroy()
      reject(signal.reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.once('connect', () => {
      signal.removeEventListener('abort', onAbort)
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.once('error', (error) => {
      signal.removeEventListener('abort', onAbort)
      reject(isInlayError(error) ? error : unreachable(target.host, error))
    })
  })
}
