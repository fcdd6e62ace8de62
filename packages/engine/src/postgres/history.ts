import type { JsonValue } from '../contracts/json.js'
import { isTerminal, type RunStatus } from '../contracts/run.js'
import type { HistoryEntry } from '../ports/journal.js'
import type { Query } from './query.js'
import type { ScopeArguments } from './requests.js'
import { parse } from './rows.js'
import { HISTORY_RUN_SQL, HISTORY_STEPS_SQL, HISTORY_TRANSITIONS_SQL } from './statements/history.sql.js'

interface RunRow {
  readonly status: RunStatus
  readonly epoch: number
  readonly error: string | null
  readonly created_at: number
  readonly started_at: number | null
  readonly finished_at: number | null
}

interface StepRow {
  readonly epoch: number
  readonly at: number
  readonly step_path: string
  readonly iteration: string
  readonly type: string
  readonly status: string
  readonly attempt: number
  readonly error: string | null
}

interface TransitionRow {
  readonly epoch: number
  readonly at: number
  readonly what: string
  readonly detail: string | null
}

/** Everything that happened to a run of a scope, in order. */
export async function readHistory(query: Query, scope: ScopeArguments): Promise<HistoryEntry[]> {
  const [[run], steps, transitions] = await Promise.all([
    query<RunRow>(HISTORY_RUN_SQL, scope),
    query<StepRow>(HISTORY_STEPS_SQL, scope),
    query<TransitionRow>(HISTORY_TRANSITIONS_SQL, scope),
  ])
  return run === undefined
    ? []
    : [toEntry({ what: 'created', at: run.created_at, detail: null }), ...merge(run, steps, transitions)]
}

/** What opens the time of an epoch, before any step is recorded in it. */
const BEGINNINGS: ReadonlySet<string> = new Set(['claimed', 'recovered', 'redriven'])
/** What closes it: no step is recorded in the epoch afterwards. */
const ENDINGS: ReadonlySet<string> = new Set(['waiting', 'suspended', 'released', 'succeeded', 'failed', 'cancelled'])

/**
 * The epoch and the place in it decide before the time does: steps are dated by the process that carried them out, and
 * the rest by the database.
 */
function merge(run: RunRow, steps: readonly StepRow[], transitions: readonly TransitionRow[]): HistoryEntry[] {
  const entries: HistoryEntry[] = []
  let next = 0
  const addStepsWhile = (isBefore: (step: StepRow) => boolean): void => {
    for (let step = steps[next]; step !== undefined && isBefore(step); step = steps[next]) {
      entries.push(toStepEntry(step))
      next += 1
    }
  }
  for (const transition of withBeginningAndEnd(run, transitions)) {
    const { epoch, at, what } = transition
    addStepsWhile((step) => {
      if (step.epoch !== epoch) return step.epoch < epoch
      return !BEGINNINGS.has(what) && (ENDINGS.has(what) || step.at <= at)
    })
    entries.push(toEntry(transition))
  }
  addStepsWhile(() => true)
  return entries
}

/** The first claim and the end have no rows of their own: the run tells of them. */
function withBeginningAndEnd(run: RunRow, transitions: readonly TransitionRow[]): TransitionRow[] {
  const { started_at, finished_at, epoch, status, error } = run
  const before = transitions.filter((transition) => isBeforeClaim(transition, started_at))
  const claimEpoch = (before.at(-1)?.epoch ?? 0) + 1
  const claimed: TransitionRow[] =
    started_at === null ? [] : [{ epoch: claimEpoch, at: started_at, what: 'claimed', detail: null }]
  const ended: TransitionRow[] =
    isTerminal(status) && finished_at !== null ? [{ epoch, at: finished_at, what: status, detail: error }] : []
  return [...before, ...claimed, ...transitions.slice(before.length), ...ended]
}

function isBeforeClaim({ epoch, at }: TransitionRow, startedAt: number | null): boolean {
  return startedAt === null || epoch === 0 || at < startedAt
}

function toEntry({ what, at, detail }: Pick<TransitionRow, 'what' | 'at' | 'detail'>): HistoryEntry {
  if (detail === null) return { at, what }
  // An answer is to a step, which its detail names, as the journal wrote it; that of an end is the error.
  if (what === 'answered') return { at, what, step: JSON.parse(detail) as NonNullable<HistoryEntry['step']> }
  return { at, what, detail: { error: parse<JsonValue>(detail) ?? null } }
}

function toStepEntry({ at, status, step_path, iteration, type, attempt, error }: StepRow): HistoryEntry {
  const entry = { at, what: status, step: { stepPath: step_path, iteration, type, attempt } }
  return error === null ? entry : { ...entry, detail: { error: parse<JsonValue>(error) ?? null } }
}
