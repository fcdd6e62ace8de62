import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP } from 'node:net'
import { StepError } from '../contracts/errors.js'
import { type AddressPolicy, literalAddress } from './address-policy.js'
import { unreachable } from './call-failure.js'

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** Resolves a name to all of its addresses. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

/** A `lookup` for sockets: what it hands out is what the socket connects to, so there is no second look-up to fool. */
export type SafeLookup = (host: string, options: LookupOptions, callback: LookupCallback) => void

interface GuardOptions {
  readonly policy: AddressPolicy
  /** The ports of public addresses that may be used; on addresses that the operator allows, every port may be. */
  readonly publicPorts: readonly number[]
  readonly resolve?: Resolve | undefined
}

/** Decides once per connection whether it may be made. */
export class DestinationGuard {
  private readonly policy: AddressPolicy
  private readonly publicPorts: readonly number[]
  private readonly resolve: Resolve

  constructor({ policy, publicPorts, resolve = systemResolve }: GuardOptions) {
    this.policy = policy
    this.publicPorts = publicPorts
    this.resolve = resolve
  }

  isPublicPort(port: number): boolean {
    return this.publicPorts.includes(port)
  }

  /** Sockets look names up but take addresses as they are: those are checked here. @throws StepError `rejected` */
  assertHost(host: string, port: number): void {
    const address = literalAddress(host)
    if (address !== undefined) this.assertAddresses([address], host, port)
    else if (!this.isPublicPort(port) && !this.policy.hasAllowList) throw this.portRefused(host, port)
  }

  /** The look-up for connections to a port. */
  lookup(port: number): SafeLookup {
    return (host, options, callback) => {
      this.resolveChecked(host, port).then(
        (addresses) => pinnedLookup(addresses)(host, options, callback),
        (error) => callback(error, ''),
      )
    }
  }

  /** All addresses of a host, each of which is permitted. @throws StepError `rejected`, `communication` */
  async addressesOf(host: string, port: number): Promise<readonly LookupAddress[]> {
    this.assertHost(host, port)
    const literal = literalAddress(host)
    return literal === undefined ? this.resolveChecked(host, port) : [{ address: literal, family: isIP(literal) }]
  }

  private async resolveChecked(host: string, port: number): Promise<readonly LookupAddress[]> {
    const addresses = await this.resolve(host).catch((error) => {
      throw unreachable(host, error)
    })
    this.assertAddresses(
      addresses.map(({ address }) => address),
      host,
      port,
    )
    return addresses
  }

  /** One forbidden address among those of a name refuses the whole name: it may be the one that is used next time. */
  private assertAddresses(addresses: readonly string[], host: string, port: number): void {
    if (!addresses.every((address) => this.policy.permits(address))) throw addressRefused(host)
    if (this.isPublicPort(port) || addresses.every((address) => this.policy.isAllowListed(address))) return
    throw this.portRefused(host, port)
  }

  private portRefused(host: string, port: number): StepError {
    return new StepError('rejected', `Port ${port} of ${host} is not allowed`, {
      detail: `Public services are reached on the ports ${this.publicPorts.join(', ')}; whoever runs this deployment can allow every port of an address with INLAY_EGRESS_ALLOW.`,
    })
  }
}

/** A look-up that knows the answer. */
export function pinnedLookup(addresses: readonly LookupAddress[]): SafeLookup {
  return (host, options, callback) => {
    const [first] = addresses
    if (first === undefined) callback(unreachable(host), '')
    else if (options.all === true) callback(null, [...addresses])
    else callback(null, first.address, first.family)
  }
}

function addressRefused(host: string): StepError {
  return new StepError('rejected', `Calls to ${host} are not allowed`, {
    detail:
      'Its address is private, local or reserved. Use a public address; whoever runs this deployment can allow a block of addresses with INLAY_EGRESS_ALLOW.',
  })
}

const systemResolve: Resolve = (host) =>
  new Promise((resolve, reject) => {
    dnsLookup(host, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses)
      else reject(error)
    })
  })
