import { Agent } from 'undici'
import type { HttpClient, NetDoor } from '../contracts/connector.js'
import { AddressPolicy } from './address-policy.js'
import { SafeHttpClient } from './http-client.js'
import { createNetDoor } from './net-door.js'
import { createSafeLookup, type Resolve } from './safe-lookup.js'

export interface EgressOptions {
  /** CIDR blocks that may be reached though they are not public (`INLAY_EGRESS_ALLOW`). @default none */
  readonly allow?: readonly string[]
  /** @default 'Automation/1' */
  readonly userAgent?: string
  /** Resolves names; for tests of rebinding. @default the system's resolver */
  readonly resolve?: Resolve
}

/** The only doors out of the process. */
export interface Egress {
  readonly http: HttpClient
  readonly net: NetDoor
  /** Closes kept connections; requests under way are cut off. */
  close(): Promise<void>
}

const KEEP_ALIVE_MS = 10_000
const CONNECT_TIMEOUT_MS = 10_000
const MAX_CONNECTIONS_PER_ORIGIN = 128

/**
 * Opens doors that lead to public addresses only. Names are resolved once, every address is checked, and the checked
 * address is the one that is connected to. Proxy settings of the environment are ignored.
 *
 * @throws UserError `egress.invalid_allow`
 */
export function createEgress({ allow, userAgent = 'Automation/1', resolve }: EgressOptions = {}): Egress {
  const policy = new AddressPolicy(allow)
  const lookup = createSafeLookup(policy, resolve)
  const agent = new Agent({
    connect: { lookup, timeout: CONNECT_TIMEOUT_MS },
    connections: MAX_CONNECTIONS_PER_ORIGIN,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // The whole exchange has a deadline of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return {
    http: new SafeHttpClient(agent, policy, userAgent),
    net: createNetDoor({ policy, lookup }),
    close: () => agent.destroy(),
  }
}
