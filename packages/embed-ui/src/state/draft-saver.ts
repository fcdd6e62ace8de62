// Saves the open draft to the server, and keeps what the server does not have where a reload finds it.
import type { DefinitionIssue, WorkflowDefinition } from '@inlay/engine'
import type { BuilderClient } from '../data/client.js'
import { readDefinition } from '../document/read-definition.js'
import { compareDefinitions } from '../versions/compare.js'
import { Autosave, type SaveState } from './autosave.js'
import type { UnsavedDraft, UnsavedDraftStore } from './unsaved-draft.js'

export interface DraftSaverOptions {
  readonly client: Pick<BuilderClient, 'workflows'>
  readonly workflowId: string
  readonly definition: WorkflowDefinition
  readonly revision: number
  /** Where unsaved work outlives a reload. @default nowhere */
  readonly unsaved?: UnsavedDraftStore | undefined
  onState(state: SaveState): void
  onSaved(document: WorkflowDefinition, revision: number, issues: readonly DefinitionIssue[]): void
}

/** How long a change may be in memory alone while it is not saved, in milliseconds. */
const KEEP_AFTER_MS = 300

/** The way of an open draft to the server. */
export class DraftSaver {
  /** What a reload found unsaved: it is to be saved. */
  readonly found: UnsavedDraft | undefined
  readonly #options: DraftSaverOptions
  #autosave: Autosave<WorkflowDefinition>
  #current: WorkflowDefinition
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: DraftSaverOptions) {
    const { definition, revision, unsaved } = options
    const found = unsaved?.read()
    this.#options = options
    this.found = found !== undefined && !compareDefinitions(found.definition, definition).isSame ? found : undefined
    // Made from an older revision, it meets what was saved since as any late change does: the person is asked.
    this.#autosave = this.#open(definition, this.found?.baseRevision ?? revision)
    this.#current = this.found?.definition ?? definition
  }

  get state(): SaveState {
    return this.#autosave.state
  }

  /** Begins to save what a reload found, if anything. */
  begin(): void {
    if (this.found !== undefined && this.state.status === 'saved') this.change(this.#current)
  }

  change(document: WorkflowDefinition): void {
    this.#current = document
    this.#autosave.change(document)
    this.#timer ??= setTimeout(() => this.keep(), KEEP_AFTER_MS)
  }

  /** Keeps at once what the server does not have, and forgets what it has. */
  keep(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { status, revision } = this.state
    if (status === 'saved') this.#options.unsaved?.forget()
    else this.#options.unsaved?.keep({ definition: this.#current, baseRevision: revision })
  }

  flush(): Promise<void> {
    return this.#autosave.flush()
  }

  retry(): void {
    this.#autosave.retry()
  }

  overwrite(revision: number): Promise<void> {
    return this.#autosave.overwrite(revision)
  }

  /** Goes on from what the server has: what is here is not to be saved any more. */
  startFrom(saved: WorkflowDefinition, revision: number): void {
    this.#autosave.abandon()
    this.#autosave = this.#open(saved, revision)
    this.#options.onState(this.state)
  }

  /** Saves a last time. What is kept is kept at once: later another builder of this workflow may be open in the tab. */
  dispose(): void {
    if (this.#timer !== undefined) this.keep()
    this.#autosave.dispose()
  }

  #open(saved: WorkflowDefinition, revision: number): Autosave<WorkflowDefinition> {
    const { client, workflowId, onState, onSaved } = this.#options
    return new Autosave<WorkflowDefinition>({
      saved,
      revision,
      save: (document, baseRevision) =>
        client.workflows.saveDraft.mutate({ id: workflowId, definition: document, baseRevision }),
      latest: async () => {
        const { draft: latest } = await client.workflows.get.query({ id: workflowId })
        const read = readDefinition(latest.definition)
        return read.isReadable ? { ...latest, document: read.definition } : undefined
      },
      isSame: (one, other) => compareDefinitions(one, other).isSame,
      onState: (state) => {
        onState(state)
        if (state.status === 'saved') this.keep()
      },
      onSaved: (document, result) => onSaved(document, result.revision, result.issues),
    })
  }
}
