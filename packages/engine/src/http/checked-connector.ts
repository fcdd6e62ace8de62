import type { LookupAddress } from 'node:dns'
import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import { Deadline } from './deadline.js'
import { type DestinationGuard, pinnedLookup } from './destination-guard.js'
import type { ForwardProxy } from './forward-proxy.js'

const CONNECT_TIMEOUT_MS = 10_000

/** How undici opens connections: to permitted destinations only, through the proxy if there is one. */
export function checkedConnector(guard: DestinationGuard, proxy: ForwardProxy | undefined): buildConnector.connector {
  if (proxy === undefined) return directConnector(guard)
  return (target, callback) => {
    openThrough({ guard, proxy }, target).then(
      (socket) => callback(null, socket),
      (error) => callback(error, null),
    )
  }
}

/** Checks once per connection, so that calls on a kept one cost nothing more. Host and SNI stay those of the URL. */
function directConnector(guard: DestinationGuard): buildConnector.connector {
  const connectors = new Map<number, buildConnector.connector>()
  const connectorFor = (port: number): buildConnector.connector => {
    // Public ports differ in nothing, and others are few: their rule depends on the port alone.
    const connector =
      connectors.get(port) ?? buildConnector({ lookup: guard.lookup(port), timeout: CONNECT_TIMEOUT_MS })
    if (guard.isPublicPort(port)) connectors.set(port, connector)
    return connector
  }
  return (target, callback) => {
    const port = portOf(target)
    try {
      guard.assertHost(target.hostname, port)
    } catch (error) {
      // Only a StepError is thrown there.
      callback(error as Error, null)
      return
    }
    connectorFor(port)(target, callback)
  }
}

interface Way {
  readonly guard: DestinationGuard
  readonly proxy: ForwardProxy
}

async function openThrough({ guard, proxy }: Way, target: buildConnector.Options): Promise<Socket> {
  const port = portOf(target)
  const addresses = await guard.addressesOf(target.hostname, port)
  if (proxy.isBypassed(addresses)) return connectDirectly(target, addresses)
  const deadline = new Deadline({ ms: CONNECT_TIMEOUT_MS, what: target.hostname })
  try {
    const tunnel = await proxy.open({ host: target.hostname, port }, deadline)
    return target.protocol === 'https:' ? await secure(target, tunnel) : tunnel
  } finally {
    deadline.clear()
  }
}

function connectDirectly(target: buildConnector.Options, addresses: readonly LookupAddress[]): Promise<Socket> {
  return connect(buildConnector({ lookup: pinnedLookup(addresses), timeout: CONNECT_TIMEOUT_MS }), target)
}

function secure(target: buildConnector.Options, tunnel: Socket): Promise<Socket> {
  return connect(buildConnector({ timeout: CONNECT_TIMEOUT_MS }), { ...target, httpSocket: tunnel })
}

function connect(connector: buildConnector.connector, target: buildConnector.Options): Promise<Socket> {
  return new Promise((resolve, reject) => {
    connector(target, (...[error, socket]) => {
      if (error === null) resolve(socket)
      else reject(error)
    })
  })
}

function portOf({ port, protocol }: buildConnector.Options): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}
