import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { StepError } from '../contracts/errors.js'
import type { AddressPolicy } from './address-policy.js'

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** Resolves a name to all of its addresses. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

/** A `lookup` for sockets: what it hands out is what the socket connects to, so there is no second look-up to fool. */
export type SafeLookup = (host: string, options: LookupOptions, callback: LookupCallback) => void

/** One forbidden address among those of a name refuses the whole name: it may be the one that is used next time. */
export function createSafeLookup(policy: AddressPolicy, resolve: Resolve = systemResolve): SafeLookup {
  return (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses
        if (first === undefined) callback(unreachable(host), '')
        else if (!addresses.every(({ address }) => policy.permits(address))) callback(addressRefused(host), '')
        else if (options.all === true) callback(null, [...addresses])
        else callback(null, first.address, first.family)
      },
      () => callback(unreachable(host), ''),
    )
  }
}

/** The refusal of a host whose address is not public. */
export function addressRefused(host: string): StepError {
  return new StepError('rejected', `Calls to ${host} are not allowed`, {
    detail:
      'Its address is private, local or reserved. Use a public address; whoever runs this deployment can allow a block of addresses with INLAY_EGRESS_ALLOW.',
  })
}

export function unreachable(host: string, cause?: unknown): StepError {
  return new StepError('communication', `${host} cannot be reached`, {
    detail: 'The name has no address, or nothing answers there. Check it for typing errors and try again.',
    cause,
  })
}

const systemResolve: Resolve = (host) =>
  new Promise((resolve, reject) => {
    dnsLookup(host, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses)
      else reject(error)
    })
  })
