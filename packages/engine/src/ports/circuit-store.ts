/** When a circuit opens and for how long; times in milliseconds. */
export interface CircuitSettings {
  /** Time over which calls are counted. @default 10_000 */
  readonly windowMs: number
  /** Calls below which nothing can be said. @default 10 */
  readonly minCalls: number
  /** Share of failed calls, from 0 to 1, at which the circuit opens. @default 0.5 */
  readonly failureRate: number
  /** Time before a first call tries whether the service is well again; doubles each time that it is not. @default 10_000 */
  readonly openMs: number
  /** Longest time between two tries. @default 300_000 */
  readonly maxOpenMs: number
  /** Time after which a try counts as lost, and another call may try. @default 60_000 */
  readonly probeMs: number
}

/** Calls of some time. */
export interface CallCount {
  readonly calls: number
  readonly failures: number
}

/** Something that calls have to wait for. */
export interface Blocked {
  readonly key: string
  /** Milliseconds from now; 0 or less when the time is over. */
  readonly remainingMs: number
}

/**
 * What the processes of a deployment tell each other of services in trouble. Its methods reject when the store is away;
 * who uses it then goes on without. Nothing in it has to outlive the store.
 */
export interface CircuitStore {
  /** Counts calls, and opens the circuit when too many have failed. Answers how long it is open, if this call opened it. */
  report(
    key: string,
    count: CallCount,
    settings: CircuitSettings,
  ): Promise<{ readonly openedForMs: number | undefined }>

  /** All open circuits, those that somebody may try included, and all pauses. */
  blocked(): Promise<{ readonly circuits: readonly Blocked[]; readonly pauses: readonly Blocked[] }>

  /**
   * Asks for the one call that tries whether a service is well again: `try`; `go` when the circuit is closed meanwhile,
   * `wait` when it is too early or another call tries.
   */
  probe(
    key: string,
    settings: CircuitSettings,
  ): Promise<{ readonly answer: 'try' | 'go' | 'wait'; readonly remainingMs: number }>

  /** Ends a try. Answers how long the circuit is open again after one that has failed. */
  settle(
    key: string,
    verdict: 'well' | 'failing' | 'unknown',
    settings: CircuitSettings,
  ): Promise<{ readonly openedForMs: number | undefined }>

  /** Notes that a service wants to be left alone. */
  pause(key: string, ms: number): Promise<void>

  /**
   * Takes permissions for calls under a rate, at most `wanted`. They hold for `remainingMs`; when none is granted that is
   * the time after which to ask again.
   */
  take(
    key: string,
    rate: { readonly limit: number; readonly periodMs: number; readonly wanted: number },
  ): Promise<{ readonly granted: number; readonly remainingMs: number }>

  /**
   * Takes a turn from the bucket of a pace: `taken`, to be used after `waitMs`; `ahead`, when that would be more than
   * `maxWaitMs`, and nothing is taken; `paused`, while the pause lasts that closes the bucket. Turns are given in the
   * order in which they are asked for.
   */
  turn(
    key: string,
    pace: {
      readonly requests: number
      readonly perMs: number
      readonly maxWaitMs: number
      /** The key of the pause that closes the bucket. */
      readonly pause: string
    },
  ): Promise<{ readonly answer: 'taken' | 'ahead' | 'paused'; readonly waitMs: number }>
}
