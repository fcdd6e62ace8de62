import type { ConnectionTestContext } from '../contracts/connector.js'
import type { RemoteCallOptions } from './transport.js'

/** What of a context goes along with a call; the rest of it is made on demand, and not to be touched. */
export function callOptions(
  { caller, signal, http }: Pick<ConnectionTestContext, 'caller' | 'signal' | 'http'>,
  version: string,
): RemoteCallOptions {
  return { caller, signal, http, version }
}
