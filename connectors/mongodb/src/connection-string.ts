import { StepError } from '@inlay/sdk/connector'
import type { Server } from './server.js'

/** `mongodb://user:password@host1:1,host2/database?options`, whose hosts are more than `URL` takes. */
const FORM = /^mongodb(\+srv)?:\/\/(?:([^/?@]*)@)?([^/?@]+)(?:\/([^?]*))?(?:\?(.*))?$/

const HOST = /^(?:\[[0-9a-f:.]+\]|[^\s:%[\]]+)(?::\d{1,5})?$/i

/**
 * Options that connection strings may have, by their lower-case name. All others are refused: they would read files of
 * this machine, use its own identity in a cloud, choose another proxy, or ask elsewhere for tokens.
 */
const ALLOWED: Readonly<Record<string, string>> = {
  appname: 'appName',
  authmechanism: 'authMechanism',
  authsource: 'authSource',
  directconnection: 'directConnection',
  journal: 'journal',
  loadbalanced: 'loadBalanced',
  maxstalenessseconds: 'maxStalenessSeconds',
  readconcernlevel: 'readConcernLevel',
  readpreference: 'readPreference',
  readpreferencetags: 'readPreferenceTags',
  replicaset: 'replicaSet',
  retryreads: 'retryReads',
  retrywrites: 'retryWrites',
  serverselectiontimeoutms: 'serverSelectionTimeoutMS',
  w: 'w',
  wtimeoutms: 'wtimeoutMS',
}
/** Of which tools put into strings, and which change nothing here. */
const IGNORED: ReadonlySet<string> = new Set([
  'compressors',
  'connecttimeoutms',
  'maxpoolsize',
  'minpoolsize',
  'sockettimeoutms',
])
const TLS_OPTIONS: ReadonlySet<string> = new Set(['tls', 'ssl', 'tlsallowinvalidcertificates', 'tlsinsecure'])
const MECHANISMS: ReadonlySet<string> = new Set(['DEFAULT', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'PLAIN'])

/** Reads a connection string. @throws StepError `rejected` that names what is wrong with it, and never quotes it */
export function parseConnectionString(text: string): Server {
  const [whole, srv, credentials, hosts = '', database = '', query = ''] = FORM.exec(text.trim()) ?? []
  if (whole === undefined)
    throw unreadable('It begins with mongodb:// or mongodb+srv://, then user, servers, database.')
  const isSrv = srv !== undefined
  if (isSrv && /[,:]/.test(hosts)) throw unreadable('With mongodb+srv:// it names one server, without a port.')
  if (/%2f|\.sock$/i.test(hosts)) throw unreadable('Sockets in files are not servers that can be reached from here.')
  if (!hosts.split(',').every((host) => HOST.test(host)))
    throw unreadable('Servers are written as db1.example.com:27017.')
  const given = new URLSearchParams(query)
  return {
    ...(isSrv ? { srvName: decoded(hosts), hosts: [] } : { hosts: hosts.split(',') }),
    ...(database === '' ? {} : { database: decoded(database) }),
    ...signIn(credentials),
    tls: tlsOf(given, isSrv),
    options: optionsOf(given),
  }
}

function signIn(credentials: string | undefined): Pick<Server, 'username' | 'password'> {
  if (credentials === undefined) return {}
  const [username = '', password] = credentials.split(':')
  return { username: decoded(username), ...(password === undefined ? {} : { password: decoded(password) }) }
}

function tlsOf(given: URLSearchParams, isSrv: boolean): Server['tls'] {
  const options = new Map([...given].map(([name, value]) => [name.toLowerCase(), value]))
  const wanted = options.get('tls') ?? options.get('ssl') ?? String(isSrv)
  if (wanted !== 'true') return 'none'
  const isUnverified = options.get('tlsallowinvalidcertificates') === 'true' || options.get('tlsinsecure') === 'true'
  return isUnverified ? 'unverified' : 'verify'
}

function optionsOf(given: URLSearchParams): Record<string, string> {
  const options: Record<string, string> = {}
  for (const [name, value] of given) {
    const lower = name.toLowerCase()
    if (IGNORED.has(lower) || TLS_OPTIONS.has(lower)) continue
    const known = Object.hasOwn(ALLOWED, lower) ? ALLOWED[lower] : undefined
    if (known === undefined) throw unreadable(`The option ${name.slice(0, 50)} is not supported here.`)
    options[known] = value
  }
  const { authMechanism } = options
  if (authMechanism === undefined || MECHANISMS.has(authMechanism)) return options
  throw unreadable(
    `The mechanism ${authMechanism.slice(0, 50)} is not supported: use SCRAM-SHA-256, SCRAM-SHA-1 or PLAIN.`,
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw unreadable('Signs such as % in names and passwords are written as %25.')
  }
}

function unreadable(detail: string): StepError {
  return new StepError('rejected', 'The connection string of MongoDB cannot be read', { detail })
}
