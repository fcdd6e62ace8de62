import { isIP, type Socket } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { StepError } from '@inlay/engine'
import { z } from 'zod'

/** The fields by which connections to servers that are no HTTP say how the way there is encrypted. */
export const tlsFields = {
  tls: z
    .enum(['verify', 'unverified', 'none'])
    .default('verify')
    .meta({ title: 'Encryption', description: 'TLS with a checked certificate, TLS without the check, or none.' }),
  ca: z.string().optional().meta({
    title: 'CA certificate',
    format: 'multiline',
    description: 'PEM; only for servers whose certificate is of a CA of your own.',
  }),
}

/** Whom to speak TLS with, and what both sides show. */
export interface TlsOptions {
  /** As people write it; errors name it. */
  readonly service: string
  /** The name that the certificate has to be for. */
  readonly host: string
  /** @default true */
  readonly isVerified?: boolean
  /** PEM, for certificates of a CA that the machine does not know. */
  readonly ca?: string | undefined
  /** PEM: what this side shows. */
  readonly certificate?: string | undefined
  /** PEM: that of `certificate`. */
  readonly key?: string | undefined
  /** How long the other side may take to agree. @default 10_000 */
  readonly timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 10_000

/**
 * Goes on encrypted on a connection that the door has opened. The connection stays the caller's to end.
 *
 * @throws StepError `timeout` when nobody answers in TLS, `rejected` when `ca`, `certificate` or `key` cannot be read; what
 *   Node says when the certificate is not good
 */
export async function startTls(socket: Socket, options: TlsOptions): Promise<TLSSocket> {
  const { service, timeoutMs = DEFAULT_TIMEOUT_MS } = options
  const secure = begin(socket, options)
  const late = new StepError('timeout', `${service} did not answer in TLS`, { detail: 'Does this port speak TLS?' })
  const timer = setTimeout(() => secure.destroy(late), timeoutMs)
  try {
    await new Promise<void>((resolve, reject) => {
      secure.once('secureConnect', resolve)
      // For good, like the next: whatever they say after that must not end the process.
      secure.on('error', reject)
      socket.on('error', reject)
      socket.once('close', () => reject(new Error('The connection was cut. Does this port speak TLS?')))
    })
    return secure
  } finally {
    clearTimeout(timer)
  }
}

function begin(socket: Socket, { service, host, isVerified = true, ca, certificate, key }: TlsOptions): TLSSocket {
  try {
    return connect({
      socket,
      host,
      rejectUnauthorized: isVerified,
      // An address is no name that a server could choose its certificate by.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
      ...(certificate === undefined ? {} : { cert: certificate }),
      ...(key === undefined ? {} : { key }),
    })
  } catch (cause) {
    throw new StepError('rejected', `The certificates or the key of the connection to ${service} cannot be read`, {
      detail: 'They are PEM, begin with -----BEGIN, the key has no passphrase, and is that of the certificate.',
      cause,
    })
  }
}
