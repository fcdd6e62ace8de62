import { type buildConnector, Pool } from 'undici'

/** Below what most servers keep an idle connection open for, so that none is used that is just being closed. */
const KEEP_ALIVE_MS = 4_000
const MAX_CONNECTIONS_PER_ORIGIN = 128
/** An origin that was called once must not take memory for ever: undici's own `Agent` never forgets one. */
const MAX_ORIGINS = 512

/** Kept connections by origin, to permitted destinations only; the origin that was not used for longest goes first. */
export class OriginPools {
  private readonly pools = new Map<string, Pool>()
  private isClosed = false

  /** @param connect opens connections, and refuses those that must not be made */
  constructor(
    private readonly connect: buildConnector.connector,
    private readonly maxOrigins = MAX_ORIGINS,
  ) {}

  /** Connections to an origin such as `https://example.com`. */
  of(origin: string): Pool {
    const known = this.pools.get(origin)
    const pool = known ?? this.open(origin)
    if (known !== undefined) this.pools.delete(origin)
    this.pools.set(origin, pool)
    return pool
  }

  /** Cuts off what is under way. */
  async close(): Promise<void> {
    this.isClosed = true
    await Promise.all([...this.pools.values()].map((pool) => pool.destroy()))
    this.pools.clear()
  }

  private open(origin: string): Pool {
    if (this.pools.size >= this.maxOrigins) this.evict()
    const pool = new Pool(origin, {
      connect: this.connect,
      connections: MAX_CONNECTIONS_PER_ORIGIN,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // The whole exchange has a deadline of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    // A pool of doors that were closed refuses what is sent to it, with an error that says so.
    if (this.isClosed) void pool.destroy()
    return pool
  }

  private evict(): void {
    for (const [origin, pool] of this.pools) {
      this.pools.delete(origin)
      // Calls under way are answered before its connections end.
      void pool.close()
      return
    }
  }
}
