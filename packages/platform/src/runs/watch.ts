import { isTerminal, type RunStatus } from '@inlay/engine'
import { type EventHub, openEventStream, type RunEvent, type WorkflowEvent } from '../realtime/index.js'

/** Word may get lost with Redis: a quiet run is looked at this often. */
const LOOK_MS = 5000
/** Statuses remembered between two looks; of further ones a watcher may be told twice. */
const MAX_TOLD = 1000

export interface RunWatch {
  readonly workflowId: string
  readonly runId: string
  readonly signal: AbortSignal
  readonly readStatus: () => Promise<RunStatus>
}

/** A run's status now, then what happens to it until it has ended or the signal fires. */
export async function* watchRun(
  hub: EventHub,
  { workflowId, runId, signal, readStatus }: RunWatch,
): AsyncGenerator<RunEvent> {
  const stream = openEventStream(hub, workflowId, {
    signal,
    accept: (event): event is RunEvent => event.type !== 'draft' && event.type !== 'responded' && event.runId === runId,
  })
  try {
    // Only a state that is read after listening began leaves no gap before the first event.
    await stream.ready
    let last = await readStatus()
    yield statusOf(runId, last)
    while (!signal.aborted && !isTerminal(last)) {
      const event = await stream.next(LOOK_MS)
      if (event !== undefined) {
        if (event.type === 'run') last = event.status
        yield event
      } else if (!signal.aborted) {
        const status = await readStatus()
        if (status !== last) yield statusOf(runId, status)
        last = status
      }
    }
  } finally {
    stream.close()
  }
}

export interface ListWatch {
  /** Whose runs: the id of a workflow, a customer or a tenant. */
  readonly of: string
  readonly signal: AbortSignal
  /** The newest runs, oldest of them first. */
  readonly readNewest: () => Promise<readonly { readonly id: string; readonly status: RunStatus }[]>
}

/** The newest runs as they are now, then what happens to any of them, and to new ones, until the signal fires. */
export async function* watchRuns(hub: EventHub, { of, signal, readNewest }: ListWatch): AsyncGenerator<RunEvent> {
  const stream = openEventStream(hub, of, { signal, accept: isRunStatus })
  let told = new Map<string, RunStatus>()
  try {
    await stream.ready
    while (!signal.aborted) {
      const newest = await readNewest()
      for (const { id, status } of newest) if (told.get(id) !== status) yield statusOf(id, status)
      told = new Map(newest.map(({ id, status }) => [id, status]))
      for (let event = await stream.next(LOOK_MS); event !== undefined; event = await stream.next(LOOK_MS)) {
        if (told.size < MAX_TOLD) told.set(event.runId, event.status)
        yield event
      }
    }
  } finally {
    stream.close()
  }
}

function isRunStatus(event: WorkflowEvent): event is Extract<RunEvent, { type: 'run' }> {
  return event.type === 'run'
}

function statusOf(runId: string, status: RunStatus): RunEvent {
  return { type: 'run', runId, status, at: new Date().toISOString() }
}
