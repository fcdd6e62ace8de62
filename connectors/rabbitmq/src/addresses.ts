import type { AuthValues } from '@inlay/sdk/connector'

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'amqp:': 5672, 'amqps:': 5671 }

/** Where AMQP is spoken, when the connection says so. */
export function amqpOf({ fields }: AuthValues) {
  const { amqp, ca } = fields
  if (typeof amqp !== 'string' || !URL.canParse(amqp)) return undefined
  const { protocol, hostname, port } = new URL(amqp)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (DEFAULT_PORTS[protocol] ?? 5671) : Number(port),
    isEncrypted: protocol !== 'amqp:',
    ...(typeof ca === 'string' && ca !== '' ? { ca } : {}),
  }
}

/** The address of the management plugin. */
export function endpointOf({ fields }: AuthValues): string {
  return String(fields['endpoint'] ?? '').replace(/\/+$/, '')
}

/** The virtual host of the connection. */
export function virtualHostOf({ fields }: AuthValues): string {
  return String(fields['virtualHost'] ?? '/')
}
