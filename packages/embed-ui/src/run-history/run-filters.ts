/** Statuses that people look for. */
export const STATUSES = ['succeeded', 'failed', 'running', 'waiting', 'suspended', 'cancelled'] as const
/** Spans of time up to now. */
export const TIMES = ['hour', 'day', 'week', 'month'] as const

const HOUR_MS = 3_600_000
const SPANS_MS: Readonly<Record<(typeof TIMES)[number], number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
}

/** Which runs to show; undefined: all. */
export interface RunFilters {
  readonly status: (typeof STATUSES)[number] | undefined
  readonly workflowId: string | undefined
  readonly time: (typeof TIMES)[number] | undefined
}

export const ANY_RUN: RunFilters = { status: undefined, workflowId: undefined, time: undefined }

/** Whether some runs are left out. */
export function isFiltered({ status, workflowId, time }: RunFilters): boolean {
  return status !== undefined || workflowId !== undefined || time !== undefined
}

/** ISO 8601: the moment from which on runs are shown. */
export function sinceOf({ time }: RunFilters, nowMs: number): string | undefined {
  return time === undefined ? undefined : new Date(nowMs - SPANS_MS[time]).toISOString()
}
