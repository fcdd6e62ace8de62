import { Resolver } from 'node:dns/promises'

/** What a look at one record says. `unreachable`: the name servers did not answer, which says nothing of the record. */
export const RECORD_STATES = ['ok', 'missing', 'wrong', 'unreachable'] as const
/** One of `RECORD_STATES`. */
export type RecordState = (typeof RECORD_STATES)[number]

/** A record as it was found. */
export interface FoundRecord {
  readonly state: RecordState
  /** What stands there; empty when it is as it should be, or when there is nothing. */
  readonly values: readonly string[]
}

/** Both records of a domain. */
export interface FoundRecords {
  /** Leads to the control plane. */
  readonly route: FoundRecord
  /** Says whose claim the owner of the domain stands by. */
  readonly proof: FoundRecord
}

/** What to look for. */
export interface Sought {
  readonly name: string
  /** The host that the domain has to lead to. */
  readonly target: string
  /** Where the proof stands. */
  readonly proofName: string
  readonly token: string
}

/** Looks at domains' records. */
export interface DnsLook {
  /** Never rejects for what DNS says or does not say. */
  records(sought: Sought): Promise<FoundRecords>
  /** The proof alone. */
  proof(sought: Pick<Sought, 'proofName' | 'token'>): Promise<FoundRecord>
}

/** Milliseconds for one question to one server. */
const TIMEOUT_MS = 3000
const TRIES = 2
const MAX_SHOWN = 5
const MAX_SHOWN_CHARACTERS = 200
/** The servers answered: there is no such name, or no such record at it. */
const NOTHING = ['ENODATA', 'ENOTFOUND']

/** @param servers name servers as `address` or `address:port`; none stands for those of the system */
export function createDnsLook(servers: readonly string[] = []): DnsLook {
  const ask = (): Resolver => {
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })
    if (servers.length > 0) resolver.setServers(servers)
    return resolver
  }
  const proof: DnsLook['proof'] = async ({ proofName, token }) => {
    const answer = await answered(() => ask().resolveTxt(proofName))
    if (answer === undefined) return { state: 'unreachable', values: [] }
    // One text may come in pieces of 255 bytes.
    return judged(
      answer.map((pieces) => pieces.join('')),
      (value) => value.trim() === token,
    )
  }
  return {
    proof,
    records: async (sought) => {
      const [route, proven] = await Promise.all([routeOf(ask(), sought), proof(sought)])
      return { route, proof: proven }
    },
  }
}

/** A CNAME, or addresses of the target: some name servers answer with those in place of an alias. */
async function routeOf(resolver: Resolver, { name, target }: Sought): Promise<FoundRecord> {
  const aliases = await answered(() => resolver.resolveCname(name))
  if (aliases === undefined) return { state: 'unreachable', values: [] }
  const isTarget = (alias: string): boolean => withoutDot(alias) === withoutDot(target)
  if (aliases.some(isTarget)) return { state: 'ok', values: [] }
  const [own, targets] = await Promise.all([addressesOf(resolver, name), addressesOf(resolver, target)])
  if (own === undefined || targets === undefined) return { state: 'unreachable', values: [] }
  if (own.length > 0 && own.every((address) => targets.includes(address))) return { state: 'ok', values: [] }
  return judged([...aliases, ...own], isTarget)
}

async function addressesOf(resolver: Resolver, name: string): Promise<string[] | undefined> {
  const [v4, v6] = await Promise.all([answered(() => resolver.resolve4(name)), answered(() => resolver.resolve6(name))])
  return v4 === undefined || v6 === undefined ? undefined : [...v4, ...v6]
}

function judged(values: readonly string[], isRight: (value: string) => boolean): FoundRecord {
  if (values.some(isRight)) return { state: 'ok', values: [] }
  if (values.length === 0) return { state: 'missing', values: [] }
  return { state: 'wrong', values: values.slice(0, MAX_SHOWN).map((value) => value.slice(0, MAX_SHOWN_CHARACTERS)) }
}

/** Undefined when nobody answered. */
async function answered<T>(question: () => Promise<T[]>): Promise<T[] | undefined> {
  try {
    return await question()
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    return NOTHING.includes(String(error.code)) ? [] : undefined
  }
}

function withoutDot(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}
