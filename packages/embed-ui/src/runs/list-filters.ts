// Which runs of a workflow the list shows, and how that is written in an address.

/** Statuses that people look for. */
export const FILTER_STATUSES = ['succeeded', 'failed', 'running', 'waiting', 'suspended', 'cancelled'] as const
export const FILTER_MODES = ['live', 'test'] as const
/** Spans of time up to now. */
export const FILTER_TIMES = ['hour', 'day', 'week', 'month'] as const

export type FilterTime = (typeof FILTER_TIMES)[number]

/** Undefined parts leave nothing out. */
export interface ListFilters {
  readonly status: (typeof FILTER_STATUSES)[number] | undefined
  readonly mode: (typeof FILTER_MODES)[number] | undefined
  /** Number of the version that ran. */
  readonly version: number | undefined
  readonly time: FilterTime | undefined
  /** In the id or in the error. */
  readonly search: string
}

const HOUR_MS = 3_600_000
const SPANS_MS: Readonly<Record<FilterTime, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
}

export const NO_FILTERS: ListFilters = {
  status: undefined,
  mode: undefined,
  version: undefined,
  time: undefined,
  search: '',
}

/** Reads the query of an address; what is no filter is passed over. */
export function readFilters(query: string): ListFilters {
  const fields = new URLSearchParams(query)
  const version = Number(fields.get('version') ?? '')
  return {
    status: oneOf(FILTER_STATUSES, fields.get('status')),
    mode: oneOf(FILTER_MODES, fields.get('mode')),
    version: Number.isInteger(version) && version > 0 ? version : undefined,
    time: oneOf(FILTER_TIMES, fields.get('time')),
    search: fields.get('search') ?? '',
  }
}

/** The query of an address, without its `?`; empty when nothing is left out. */
export function writeFilters({ status, mode, version, time, search }: ListFilters): string {
  const fields = { status, mode, version: version?.toString(), time, search: search.trim() }
  const kept = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value]],
  )
  return new URLSearchParams(kept).toString()
}

/** Whether some runs are left out. */
export function isFiltering(filters: ListFilters): boolean {
  return writeFilters(filters) !== ''
}

/** ISO 8601: the moment at which a span of time that ends now began. */
export function beginningOf(time: FilterTime, nowMs: number): string {
  return new Date(nowMs - SPANS_MS[time]).toISOString()
}

/** What the API is asked for. */
export function listInput({ status, mode, version, time, search }: ListFilters, nowMs: number) {
  const words = search.trim()
  return {
    ...(status === undefined ? {} : { status }),
    ...(mode === undefined ? {} : { mode }),
    ...(version === undefined ? {} : { version }),
    ...(time === undefined ? {} : { createdSince: beginningOf(time, nowMs) }),
    ...(words === '' ? {} : { search: words }),
  }
}

function oneOf<Name extends string>(names: readonly Name[], value: string | null): Name | undefined {
  return names.find((name) => name === value)
}
