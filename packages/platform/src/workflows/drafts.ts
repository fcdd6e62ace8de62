import { randomUUID } from 'node:crypto'
import type { TenantScope } from '@inlay/engine'
import { type DraftEvent, type EventHub, openEventStream, type WorkflowEvent } from '../realtime/index.js'
import type { Editor, Editors } from './editors.js'
import { workflowNotFound } from './errors.js'
import type { WorkflowStore } from './store.js'

/** A window says that it is still there, and looks whether word was lost, this often. In milliseconds. */
const BEAT_MS = 10_000

/** Somebody who has a draft open, as another one is told. */
export interface Presence {
  readonly id: string
  /** Null when nobody said how the person is called, and for the vendor's people when an end user asks. */
  readonly name: string | null
  /** `here` is the window that asks, `elsewhere` another one of the same person. */
  readonly self: 'here' | 'elsewhere' | null
  readonly isMember: boolean
  readonly mayEdit: boolean
}

/** How a draft stands: what the newest revision is, and who has it open. */
export interface DraftState {
  readonly revision: number
  readonly people: readonly Presence[]
}

/** Who asks. */
export type DraftWatcher = Pick<Editor, 'personId' | 'name' | 'isMember' | 'mayEdit'>

export interface DraftsService {
  /** How the draft stands now, and every change of it until the signal fires; meanwhile others see the watcher. @throws UserError `workflow.not_found` */
  watch(
    scope: TenantScope,
    workflowId: string,
    request: { readonly watcher: DraftWatcher; readonly signal: AbortSignal },
  ): AsyncGenerator<DraftState>
}

interface DraftDeps {
  readonly store: Pick<WorkflowStore, 'draftRevision'>
  readonly hub: EventHub
  readonly editors: Editors
  /** Tells all windows to look again. */
  readonly announce: (workflowId: string) => void
}

export function createDraftsService({ store, hub, editors, announce }: DraftDeps): DraftsService {
  return {
    async *watch(scope, workflowId, { watcher, signal }) {
      const look = async (): Promise<DraftState> => {
        const [revision, people] = await Promise.all([store.draftRevision(scope, workflowId), editors.list(workflowId)])
        if (revision === undefined) throw workflowNotFound(workflowId)
        return { revision, people: toldOf(people, own).map((editor) => present(editor, own)) }
      }
      const own: Editor = { ...watcher, id: randomUUID() }
      await look()
      const stream = openEventStream(hub, workflowId, { signal, accept: isDraftEvent })
      try {
        await stream.ready
        await editors.enter(workflowId, own)
        announce(workflowId)
        let beatAtMs = Date.now()
        let told = ''
        while (!signal.aborted) {
          const state = await look()
          const text = JSON.stringify(state)
          if (text !== told) yield state
          told = text
          await stream.next(BEAT_MS)
          if (signal.aborted || Date.now() - beatAtMs < BEAT_MS) continue
          beatAtMs = Date.now()
          await editors.enter(workflowId, own)
        }
      } finally {
        stream.close()
        await editors.leave(workflowId, own.id)
        announce(workflowId)
      }
    },
  }
}

/** People are told once, however many windows they have; only of one's own each is worth knowing. */
function toldOf(editors: readonly Editor[], own: Editor): readonly Editor[] {
  return editors.filter(
    ({ personId }, index) =>
      personId === own.personId || editors.findIndex((each) => each.personId === personId) === index,
  )
}

function present({ id, personId, name, isMember, mayEdit }: Editor, own: Editor): Presence {
  const self = id === own.id ? 'here' : personId === own.personId ? 'elsewhere' : null
  return { id, name: isMember && !own.isMember ? null : name, self, isMember, mayEdit }
}

function isDraftEvent(event: WorkflowEvent): event is DraftEvent {
  return event.type === 'draft'
}
