import type { HttpClient, NetDoor } from '../contracts/connector.js'
import { AddressPolicy } from './address-policy.js'
import { CallTracer } from './call-span.js'
import { checkedConnector } from './checked-connector.js'
import { DestinationGuard, type Resolve } from './destination-guard.js'
import { ForwardProxy, type ForwardProxyOptions } from './forward-proxy.js'
import { SafeHttpClient } from './http-client.js'
import { createNetDoor } from './net-door.js'
import { OriginPools } from './origin-pools.js'

/** Which destinations are allowed, and within what bounds. */
export interface EgressOptions {
  /** CIDR blocks that may be reached, on any port, though they are not public (`INLAY_EGRESS_ALLOW`). @default none */
  readonly allow?: readonly string[]
  /** Through which everything goes (`EGRESS_PROXY`); addresses are checked before. @default none */
  readonly proxy?: ForwardProxyOptions
  /**
   * Hosts that are told in a `traceparent` header which trace a call belongs to: names, with the port when it is not the
   * usual one (`EGRESS_TRACE_HOSTS`). Third parties have no business with it. @default none
   */
  readonly traceHosts?: readonly string[]
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

const HTTP_PORTS = [80, 443, 8080, 8443]
/**
 * What sockets may be opened to beside the ports of HTTP. A list at all, because without one every deployment is a
 * scanner of ports that anybody may point at the internet, and a way to the services that nobody guards well, such as
 * remote shells: what connectors have a use for, and no more.
 */
const SOCKET_PORTS = [
  // Mail: SMTP, IMAP.
  ...[25, 465, 587, 2525, 143, 993],
  // SQL Server, MySQL, PostgreSQL.
  ...[1433, 3306, 5432],
  // AMQP (RabbitMQ), plain and over TLS.
  ...[5671, 5672],
  // Redis, plain and over TLS.
  ...[6379, 6380],
  // Kafka.
  ...[9092, 9093, 9094],
  // Elasticsearch, also as clouds offer it.
  ...[9200, 9243, 9300],
  // MongoDB.
  ...[27_017, 27_018, 27_019],
]

/**
 * Opens doors that lead to public addresses only. Names are resolved once per connection, every address is checked, and
 * the checked address is the one that is connected to. Proxy settings of the environment are ignored; through a proxy of
 * `options` names go as they are once their addresses are checked.
 *
 * @throws UserError `egress.invalid_allow`, `egress.invalid_proxy`
 */
export function createEgress(options: EgressOptions = {}): Egress {
  const { allow, userAgent = 'Automation/1', resolve } = options
  const policy = new AddressPolicy(allow)
  const proxy = options.proxy === undefined ? undefined : new ForwardProxy(options.proxy)
  const guard = new DestinationGuard({ policy, publicPorts: HTTP_PORTS, resolve })
  const pools = new OriginPools(checkedConnector(guard, proxy))
  const socketGuard = new DestinationGuard({ policy, publicPorts: [...SOCKET_PORTS, ...HTTP_PORTS], resolve })
  const tracer = new CallTracer(options.traceHosts)
  return {
    http: new SafeHttpClient(pools, tracer, userAgent),
    net: createNetDoor({ guard: socketGuard, proxy, tracer }),
    close: () => pools.close(),
  }
}
