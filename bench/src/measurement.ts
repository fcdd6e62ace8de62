/** What every measurement is given. */
export interface BenchContext {
  readonly rounds: number
  /** Seconds of load per measurement and round. */
  readonly seconds: number
  /** A server on which databases may be created: each measurement makes its own and drops it. */
  readonly databaseUrl: string
  readonly redisUrl: string
  /** How many runs are parked for the measurement of that name. */
  readonly parkedRuns: number
  /** How many journal rows count as a long history. */
  readonly historyRows: number
  /** Tells the person who waits what is going on. */
  progress(text: string): void
}

/** Measures one thing; cleans up after itself. */
export type Measurement = (context: BenchContext) => Promise<readonly Section[]>

/** Units of figures; `ratio` is shown as `1.23 x`, `share` as per cent. */
export type Unit = 'a second' | 'ns' | 'µs' | 'ms' | 's' | 'MiB' | 'ratio' | 'share' | 'count'

/** A measured line: one value per round, of which the report shows the median. */
export interface Figure {
  readonly what: string
  readonly values: readonly number[]
  readonly unit: Unit
}

/** A figure with what it should be. */
export interface Goal extends Figure {
  readonly bound: { readonly atLeast: number } | { readonly atMost: number }
}

/** A goal that the median must not exceed. */
export function atMost(figure: Figure, bound: number): Goal {
  return { ...figure, bound: { atMost: bound } }
}

/** A part of the report. */
export interface Section {
  readonly title: string
  readonly figures: readonly Figure[]
  readonly goals: readonly Goal[]
  /** What a reader must know to judge the figures. */
  readonly notes?: readonly string[]
}
