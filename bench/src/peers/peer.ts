import type { LineTarget } from '../rounds/throughput.js'

/** Another program that does the line's work. */
export interface Peer extends LineTarget {
  stop(): void
}

export interface PeerOptions {
  /** Where the peers are installed. */
  readonly folder: string
  readonly stubUrl: string
}
