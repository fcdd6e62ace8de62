// The state of one open workflow. Everything a person does to the document goes through `edit`.
import type { DefinitionIssue, WorkflowDefinition } from '@inlay/engine'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BuilderClient } from '../data/client.js'
import { type History, record, redo, startHistory, undo } from '../document/history.js'
import { type PlacedIssue, placeIssues, TRIGGER_OWNER } from '../document/issues.js'
import { readDefinition } from '../document/read-definition.js'
import { findStep } from '../document/sequences.js'
import { compareDefinitions } from '../versions/compare.js'
import { Autosave, type SaveState } from './autosave.js'

export interface BuilderState {
  readonly history: History<WorkflowDefinition>
  /** A step's id or `TRIGGER_OWNER`. */
  readonly selectedId: string | null
  /** The step whose name is being edited on its card. */
  readonly renamingId: string | null
  readonly save: SaveState
  readonly issues: readonly PlacedIssue[]
  /** The document of the published version; undefined when the draft differs and it was not loaded. */
  readonly live: WorkflowDefinition | undefined
  /** A step that was just added: nobody is told what it lacks while it is being filled in. */
  readonly freshId: string | null
}

export interface EditOptions {
  /** Edits of the same key in quick succession are one undo entry: give it while a person types. */
  readonly mergeKey?: string
  /** Selects a step along with the edit. */
  readonly select?: string | null
  /** The step was just added. @default false */
  readonly isFresh?: boolean
}

/** The actions of a builder and its state. */
export interface Builder {
  readonly store: StoreApi<BuilderState>
  /** Changes the document; nothing happens when `change` gives back the same one. */
  edit(change: (definition: WorkflowDefinition) => WorkflowDefinition, options?: EditOptions): void
  undo(): void
  redo(): void
  select(id: string | null): void
  startRename(id: string | null): void
  /** Saves now. Resolves when everything is saved or saving failed. */
  flush(): Promise<SaveState>
  /** Tries again at once when saving failed because nobody answered or nobody was signed in. */
  retrySave(): void
  /**
   * Writes over what somebody else saved meanwhile.
   *
   * @param theirs that document; undo brings it back
   */
  overwrite(revision: number, theirs: WorkflowDefinition | undefined): Promise<void>
  /** Takes what is on the server in place of the document here; undo brings it back. */
  replace(definition: WorkflowDefinition, revision: number): void
  /** Shows issues that the server found in the present document. */
  showIssues(issues: readonly DefinitionIssue[]): void
  /** Ends the patience with a step that was just added. */
  revealIssues(): void
  /** Takes the present document as the published one. */
  markPublished(): void
  dispose(): void
}

export interface BuilderOptions {
  readonly client: Pick<BuilderClient, 'workflows'>
  readonly workflowId: string
  readonly definition: WorkflowDefinition
  readonly revision: number
  readonly issues: readonly DefinitionIssue[]
  /** Whether the draft is what is published. */
  readonly isLive: boolean
  readonly onSaved?: (revision: number) => void
}

/** Opens a workflow for editing. Call `dispose` when it is closed. */
export function createBuilder(options: BuilderOptions): Builder {
  const { definition } = options
  const store = createStore<BuilderState>(() => ({
    history: startHistory(definition),
    selectedId: null,
    renamingId: null,
    save: { status: 'saved', revision: options.revision, problem: undefined },
    issues: placeIssues(definition, options.issues),
    live: options.isLive ? definition : undefined,
    freshId: null,
  }))
  const openAutosave = (saved: WorkflowDefinition, revision: number) => autosaveOf(store, options, { saved, revision })
  let autosave = openAutosave(definition, options.revision)

  const enter = (history: History<WorkflowDefinition>, select?: string | null) => {
    const { selectedId } = store.getState()
    store.setState({ history, selectedId: stillThere(history.present, select === undefined ? selectedId : select) })
    autosave.change(history.present)
  }
  return {
    store,
    edit: (change, { mergeKey, select, isFresh = false } = {}) => {
      const { history } = store.getState()
      enter(record(history, change(history.present), { mergeKey, atMs: Date.now() }), select)
      if (isFresh) store.setState({ freshId: select ?? null })
    },
    undo: () => enter(undo(store.getState().history)),
    redo: () => enter(redo(store.getState().history)),
    select: (selectedId) => {
      const { freshId } = store.getState()
      // Going into the form of a step that was just added is no end of filling it in.
      store.setState({ selectedId, renamingId: null, freshId: selectedId === freshId ? freshId : null })
    },
    startRename: (renamingId) => store.setState({ renamingId }),
    flush: async () => {
      await autosave.flush()
      return autosave.state
    },
    retrySave: () => autosave.retry(),
    overwrite: (revision, theirs) => {
      const { history } = store.getState()
      const atMs = Date.now()
      if (theirs !== undefined) {
        store.setState({ history: record(record(history, theirs, { atMs }), history.present, { atMs }) })
      }
      return autosave.overwrite(revision)
    },
    replace: (next, revision) => {
      // What was there is replaced on purpose: it is not to be saved any more.
      autosave.abandon()
      autosave = openAutosave(next, revision)
      store.setState({ save: autosave.state })
      enter(record(store.getState().history, next, { atMs: Date.now() }))
    },
    showIssues: (issues) =>
      store.setState({ issues: placeIssues(store.getState().history.present, issues), freshId: null }),
    revealIssues: () => store.setState({ freshId: null }),
    markPublished: () => store.setState({ live: store.getState().history.present }),
    dispose: () => autosave.dispose(),
  }
}

interface SavedDraft {
  readonly saved: WorkflowDefinition
  readonly revision: number
}

function autosaveOf(store: StoreApi<BuilderState>, options: BuilderOptions, draft: SavedDraft) {
  const { client, workflowId } = options
  return new Autosave<WorkflowDefinition>({
    ...draft,
    save: (document, baseRevision) =>
      client.workflows.saveDraft.mutate({ id: workflowId, definition: document, baseRevision }),
    latest: async () => {
      const { draft: latest } = await client.workflows.get.query({ id: workflowId })
      const read = readDefinition(latest.definition)
      return read.isReadable ? { ...latest, document: read.definition } : undefined
    },
    isSame: (one, other) => compareDefinitions(one, other).isSame,
    onState: (save) => store.setState({ save }),
    onSaved: (document, result) => {
      store.setState({ issues: placeIssues(document, result.issues) })
      options.onSaved?.(result.revision)
    },
  })
}

function stillThere(definition: WorkflowDefinition, id: string | null): string | null {
  return id === null || id === TRIGGER_OWNER || findStep(definition, id) !== undefined ? id : null
}
