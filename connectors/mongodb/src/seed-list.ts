import { Resolver } from 'node:dns/promises'
import { StepError } from '@inlay/sdk/connector'
import type { Server } from './server.js'

const LOOK_UP = { timeout: 5000, tries: 2 }
/** What a TXT record may set (https://github.com/mongodb/specifications, initial DNS seedlist discovery). */
const FROM_TXT: ReadonlySet<string> = new Set(['authSource', 'replicaSet', 'loadBalanced'])

/** What DNS says of a name; the names of `node:dns`. */
export type SeedResolver = Pick<Resolver, 'resolveSrv' | 'resolveTxt' | 'cancel'>

/**
 * The server with its hosts: those of a `mongodb+srv` name come from DNS. Looking up is all that happens here: the safe
 * door decides about the hosts, as about any.
 *
 * @throws StepError `communication` when the name is not known, `rejected` for hosts of another domain
 */
export async function withHosts(
  server: Server,
  signal: AbortSignal,
  resolver: SeedResolver = new Resolver(LOOK_UP),
): Promise<Server> {
  const { srvName } = server
  if (srvName === undefined) return server
  const onAbort = (): void => resolver.cancel()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const records = await resolver.resolveSrv(`_mongodb._tcp.${srvName}`)
    const hosts = records.map(({ name, port }) => `${name.replace(/\.$/, '')}:${port}`)
    const foreign = hosts.find((host) => !isOfDomain(host, srvName))
    if (foreign !== undefined) throw untrusted(srvName, foreign)
    const options = optionsIn(await textsOf(resolver, srvName))
    return { ...server, hosts, options: { ...options, ...server.options } }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw error instanceof StepError ? error : unknown(srvName, error)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Most names have no TXT record, which the look-up calls a failure. */
async function textsOf(resolver: SeedResolver, name: string): Promise<string[]> {
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENODATA' || code === 'ENOTFOUND') return []
    throw error
  }
}

function optionsIn(texts: readonly string[]): Record<string, string> {
  const given = texts.flatMap((text) => [...new URLSearchParams(text)])
  return Object.fromEntries(given.filter(([name]) => FROM_TXT.has(name)))
}

/** Whether a host is under the same parent as the name that was asked for. */
function isOfDomain(host: string, srvName: string): boolean {
  const labels = srvName.toLowerCase().split('.')
  const parent = labels.length < 3 ? labels : labels.slice(1)
  return host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .endsWith(`.${parent.join('.')}`)
}

function untrusted(name: string, host: string): StepError {
  return new StepError('rejected', `The servers of ${name} are of another domain`, {
    detail: `DNS names ${host}, which is not under the same domain, as connection strings demand.`,
  })
}

function unknown(name: string, cause: unknown): StepError {
  return new StepError('communication', `DNS knows no servers of ${name}`, {
    detail: 'Check the name after mongodb+srv://, or use a connection string with mongodb:// and the servers.',
    cause,
  })
}
