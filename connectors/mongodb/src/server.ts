/** A cluster, and how it is reached and signed in to. */
export interface Server {
  /** Of a `mongodb+srv` address, whose servers are in DNS. */
  readonly srvName?: string
  readonly hosts: readonly string[]
  readonly database?: string
  readonly username?: string
  readonly password?: string
  readonly tls: 'verify' | 'unverified' | 'none'
  readonly ca?: string
  /** Further options of connection strings that change neither where nor as whom we connect. */
  readonly options: Readonly<Record<string, string>>
}
