// When each step of a run worked and when it waited.
import type { RunHistoryItem, StepRun } from '../data/run-types.js'
import { addressKey, historyByStep } from './step-history.js'

export interface TimeSpan {
  readonly kind: 'busy' | 'waiting'
  /** Milliseconds from the beginning of the run. */
  readonly fromMs: number
  readonly toMs: number
}

export interface TimelineRow {
  readonly record: StepRun
  /** How many blocks are around it. */
  readonly depth: number
  readonly fromMs: number
  readonly toMs: number
  readonly spans: readonly TimeSpan[]
  readonly waitedMs: number
}

export interface Timeline {
  readonly rows: readonly TimelineRow[]
  /** How long the axis is. */
  readonly lengthMs: number
}

/** What the timeline is made from. */
export interface TimelineData {
  readonly steps: readonly StepRun[]
  readonly history: readonly RunHistoryItem[]
  /** When the run began, in Unix milliseconds. */
  readonly startMs: number
  /** How far steps that have not ended reach, in Unix milliseconds. */
  readonly nowMs: number
}

const PAUSED: ReadonlySet<string> = new Set(['waiting', 'retrying'])

/** The steps of a run in the order in which they began. */
export function timelineOf({ steps, history, startMs, nowMs }: TimelineData): Timeline {
  const byStep = historyByStep(history)
  const rows = steps
    .filter(({ status }) => status !== 'forgotten' && status !== 'skipped')
    .map((record) => rowOf(record, byStep.get(addressKey(record)) ?? [], { startMs, nowMs }))
    .toSorted((a, b) => a.fromMs - b.fromMs || a.depth - b.depth)
  return { rows, lengthMs: Math.max(1, ...rows.map(({ toMs }) => toMs)) }
}

type Clock = Pick<TimelineData, 'startMs' | 'nowMs'>

function rowOf(record: StepRun, history: readonly RunHistoryItem[], { startMs, nowMs }: Clock): TimelineRow {
  // Steps that a fork took over ran before this run began.
  const fromMs = Math.max(0, Date.parse(record.startedAt) - startMs)
  const endMs = record.finishedAt === null ? nowMs : Date.parse(record.finishedAt)
  const toMs = Math.max(fromMs, endMs - startMs)
  const spans = spansOf(
    record,
    history.map(({ at, what }) => ({ what, atMs: Date.parse(at) - startMs })),
    { fromMs, toMs },
  )
  const waitedMs = spans.reduce((sum, span) => sum + (span.kind === 'waiting' ? span.toMs - span.fromMs : 0), 0)
  return { record, depth: record.stepPath.split('/').length - 1, fromMs, toMs, spans, waitedMs }
}

interface Moment {
  readonly what: string
  readonly atMs: number
}

function spansOf(record: StepRun, moments: readonly Moment[], { fromMs, toMs }: { fromMs: number; toMs: number }) {
  const inside = moments.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
  if (inside.length === 0 && (record.type === 'wait' || PAUSED.has(record.status))) {
    return [{ kind: 'waiting', fromMs, toMs }] as const satisfies readonly TimeSpan[]
  }
  const spans: TimeSpan[] = []
  const add = (kind: TimeSpan['kind'], from: number, to: number): void => {
    const last = spans.at(-1)
    if (last?.kind === kind) spans[spans.length - 1] = { ...last, toMs: to }
    else if (to > from || (spans.length === 0 && from === toMs)) spans.push({ kind, fromMs: from, toMs: to })
  }
  let kind: TimeSpan['kind'] = 'busy'
  let from = fromMs
  for (const { what, atMs } of inside) {
    add(kind, from, atMs)
    kind = PAUSED.has(what) ? 'waiting' : 'busy'
    from = atMs
  }
  add(kind, from, toMs)
  return spans
}

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Distances between ticks that people can add up in their heads. */
const TICK_UNITS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 4, 6, 12].map((hours) => hours * HOUR_MS),
]

/** Round moments of an axis, in milliseconds, at most `count` beside zero. */
export function axisTicks(lengthMs: number, count: number): readonly number[] {
  const wanted = lengthMs / count
  const unit = TICK_UNITS.find((each) => each >= wanted) ?? Math.ceil(wanted / DAY_MS) * DAY_MS
  return Array.from({ length: Math.floor(lengthMs / unit) + 1 }, (_, index) => index * unit)
}
