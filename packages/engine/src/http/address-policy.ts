import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { UserError } from '../contracts/errors.js'

/**
 * Addresses that a list of well-known ranges calls ordinary and that are not: the deprecated IPv4-compatible block
 * (`::127.0.0.1`), and the address at which one cloud serves its machines' metadata.
 */
const FURTHER_DENIED = ['::/96', '168.63.129.16/32'].map((cidr) => ipaddr.parseCIDR(cidr))

/** All of IPv6 that is routed on the public internet (RFC 4291 section 2.4). */
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR('2000::/3')

type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Decides which addresses may be connected to. */
export class AddressPolicy {
  private readonly allowed: readonly Cidr[]

  /**
   * @param allow CIDR blocks that are reachable though they are not public, for example `10.1.0.0/16`
   * @throws UserError `egress.invalid_allow` that names the block that cannot be read
   */
  constructor(allow: readonly string[] = []) {
    this.allowed = allow.map(parseCidr)
  }

  /** Whether the operator named any address at all. */
  get hasAllowList(): boolean {
    return this.allowed.length > 0
  }

  /** Whether the operator named this address: any port of it may then be used. */
  isAllowListed(address: string): boolean {
    const ip = parseAddress(address)
    return ip !== undefined && this.allowed.some((block) => matches(ip, block))
  }

  /** Whether a connection to this address may be made: it is public, or the operator allows it. */
  permits(address: string): boolean {
    const ip = parseAddress(address)
    if (ip === undefined) return false
    return this.allowed.some((block) => matches(ip, block)) || isPublic(ip)
  }
}

/** The address that a host is, when it is one and not a name. */
export function literalAddress(host: string): string | undefined {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  return isIP(bare) === 0 ? undefined : bare
}

function isPublic(ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ip.range() !== 'unicast') return false
  if (ip.kind() === 'ipv6' && !matches(ip, GLOBAL_UNICAST_V6)) return false
  return !FURTHER_DENIED.some((block) => matches(ip, block))
}

function matches(ip: ipaddr.IPv4 | ipaddr.IPv6, [base, bits]: Cidr): boolean {
  if (ip.kind() !== base.kind()) return false
  // The kinds are equal, which is what `match` asks for; its overloads cannot see it.
  return (ip as ipaddr.IPv6).match(base as ipaddr.IPv6, bits)
}

/** IPv4 in IPv6 clothes counts as IPv4. */
function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const [bare = ''] = address.split('%')
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : undefined
}

function parseCidr(text: string): Cidr {
  try {
    return ipaddr.parseCIDR(text.trim())
  } catch (error) {
    const title = `"${text}" is not a block of addresses such as 10.1.0.0/16.`
    throw new UserError('invalid', 'egress.invalid_allow', title, { cause: error })
  }
}
