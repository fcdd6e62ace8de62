import type { LookupAddress } from 'node:dns'
import { type ClientRequest, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { domainToASCII } from 'node:url'
import { StepError, UserError } from '../contracts/errors.js'
import { AddressPolicy } from './address-policy.js'
import type { Deadline } from './deadline.js'

/** The proxy through which everything goes out. */
export interface ForwardProxyOptions {
  /** `http://user:password@host:port`, or https for a proxy that speaks TLS itself. */
  readonly url: string
  /** CIDR blocks that are reached without it. @default none */
  readonly bypass?: readonly string[]
}

interface Target {
  readonly host: string
  readonly port: number
}

/** Opens tunnels (RFC 9110 section 9.3.6). Its own address and password are in no error that it makes. */
export class ForwardProxy {
  private readonly url: URL
  private readonly authorization: string | undefined
  private readonly bypass: AddressPolicy

  /** @throws UserError `egress.invalid_proxy`, `egress.invalid_allow` */
  constructor({ url, bypass }: ForwardProxyOptions) {
    this.url = parseProxy(url)
    const { username, password } = this.url
    if (username !== '') this.authorization = basic(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)
    this.bypass = new AddressPolicy(bypass)
  }

  /** Whether all of a host's addresses are such that they are reached without the proxy. */
  isBypassed(addresses: readonly LookupAddress[]): boolean {
    return this.bypass.hasAllowList && addresses.every(({ address }) => this.bypass.isAllowListed(address))
  }

  /**
   * Opens a tunnel to a host that the caller has checked.
   *
   * @throws StepError `rejected` when the proxy refuses the host, `communication` when it or the host cannot be reached
   */
  open({ host, port }: Target, deadline: Deadline): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const request = this.request(authorityOf(host, port))
      request.once('connect', ({ statusCode = 0 }, socket, head) => {
        // It stays for the socket's life: an error before somebody listens would otherwise end the process.
        socket.on('error', () => undefined)
        if (statusCode >= 200 && statusCode < 300) {
          if (head.length > 0) socket.unshift(head)
          resolve(socket)
          return
        }
        socket.destroy()
        reject(refusal(host, statusCode))
      })
      request.on('error', (cause) => reject(proxyAway(cause)))
      deadline.onEnd((reason) => {
        request.destroy()
        reject(reason)
      })
      request.end()
    })
  }

  private request(authority: string): ClientRequest {
    const { protocol, hostname, port } = this.url
    const isSecure = protocol === 'https:'
    const headers = { host: authority, ...(this.authorization && { 'proxy-authorization': this.authorization }) }
    const host = hostname.replace(/^\[|\]$/g, '')
    const options = { host, method: 'CONNECT', path: authority, headers, agent: false }
    if (!isSecure) return requestPlain({ ...options, port: port || 80 })
    return requestSecure({ ...options, port: port || 443, servername: isIP(host) === 0 ? host : '' })
  }
}

function parseProxy(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url
  // Not repeated: it holds a password.
  throw new UserError('invalid', 'egress.invalid_proxy', 'The address of the outbound proxy is not valid.', {
    detail: 'It looks like http://user:password@proxy.example.com:3128.',
  })
}

/** @throws StepError `validation` for what is no host, so that nothing can be smuggled into the proxy's request */
function authorityOf(host: string, port: number): string {
  if (isIP(host) === 6) return `[${host}]:${port}`
  const name = domainToASCII(host)
  if (/^[\w.-]+$/.test(name)) return `${name}:${port}`
  throw new StepError('validation', `"${host.slice(0, 100)}" is not the name of a host`)
}

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString('base64')}`
}

const PROXY_AUTHENTICATION_REQUIRED = 407

function refusal(host: string, status: number): StepError {
  const detail = `The outbound proxy answered with status ${status}.`
  if (status === PROXY_AUTHENTICATION_REQUIRED) {
    return new StepError('communication', 'The outbound proxy does not accept our credentials', {
      detail: `${detail} Whoever runs this deployment has to correct the user and password in EGRESS_PROXY.`,
    })
  }
  if (status < 500) {
    return new StepError('rejected', `The outbound proxy does not allow calls to ${host}`, {
      detail: `${detail} Whoever runs this deployment decides what it lets through.`,
    })
  }
  return new StepError('communication', `${host} cannot be reached through the outbound proxy`, { detail })
}

function proxyAway(cause: Error): StepError {
  const detail = 'Whoever runs this deployment has to check EGRESS_PROXY, and that the proxy is running.'
  return new StepError('communication', 'The outbound proxy cannot be reached', { detail, cause })
}
