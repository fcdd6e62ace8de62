// The state of one open workflow. Everything a person does to the document goes through `edit`.
import type { DefinitionIssue, WorkflowDefinition } from '@inlay/engine'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BuilderClient } from '../data/client.js'
import { type History, record, redo, startHistory, undo } from '../document/history.js'
import { type PlacedIssue, placeIssues, TRIGGER_OWNER } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import type { SaveState } from './autosave.js'
import { DraftSaver } from './draft-saver.js'
import type { UnsavedDraftStore } from './unsaved-draft.js'

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
  /** Whether a reload found unsaved work that is shown in place of the server's draft; undo takes it away. */
  readonly isRestored: boolean
  /** Begins to save such work. */
  begin(): void
  /** Saves now. Resolves when everything is saved or saving failed. */
  flush(): Promise<SaveState>
  /** Keeps what is not saved where a reload finds it: the page is about to go. */
  keepUnsaved(): void
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
  /** Where unsaved work outlives a reload. @default nowhere */
  readonly unsaved?: UnsavedDraftStore | undefined
}

/** Opens a workflow for editing. Call `begin` when it is shown and `dispose` when it is closed. */
export function createBuilder(options: BuilderOptions): Builder {
  const { client, workflowId, definition, revision, unsaved } = options
  const saver = new DraftSaver({
    client,
    workflowId,
    definition,
    revision,
    unsaved,
    onState: (save) => store.setState({ save }),
    onSaved: (document, savedRevision, issues) => {
      store.setState({ issues: placeIssues(document, issues) })
      options.onSaved?.(savedRevision)
    },
  })
  const store = createStore<BuilderState>(() => stateAtStart(options, saver))

  const enter = (history: History<WorkflowDefinition>, select?: string | null) => {
    const { selectedId } = store.getState()
    store.setState({ history, selectedId: stillThere(history.present, select === undefined ? selectedId : select) })
    saver.change(history.present)
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
    overwrite: (newest, theirs) => {
      const { history } = store.getState()
      const atMs = Date.now()
      if (theirs !== undefined) {
        store.setState({ history: record(record(history, theirs, { atMs }), history.present, { atMs }) })
      }
      return saver.overwrite(newest)
    },
    replace: (next, newest) => {
      saver.startFrom(next, newest)
      enter(record(store.getState().history, next, { atMs: Date.now() }))
    },
    showIssues: (issues) =>
      store.setState({ issues: placeIssues(store.getState().history.present, issues), freshId: null }),
    revealIssues: () => store.setState({ freshId: null }),
    markPublished: () => store.setState({ live: store.getState().history.present }),
    ...savingOf(saver),
  }
}

type Saving = Pick<Builder, 'isRestored' | 'begin' | 'flush' | 'keepUnsaved' | 'retrySave' | 'dispose'>

function savingOf(saver: DraftSaver): Saving {
  return {
    isRestored: saver.found !== undefined,
    begin: () => saver.begin(),
    flush: async () => {
      await saver.flush()
      return saver.state
    },
    keepUnsaved: () => saver.keep(),
    retrySave: () => saver.retry(),
    dispose: () => saver.dispose(),
  }
}

function stateAtStart({ definition, issues, isLive }: BuilderOptions, { found, state }: DraftSaver): BuilderState {
  const opened = startHistory(definition)
  return {
    history: found === undefined ? opened : record(opened, found.definition, { atMs: Date.now() }),
    selectedId: null,
    renamingId: null,
    save: state,
    issues: placeIssues(definition, issues),
    live: isLive ? definition : undefined,
    freshId: null,
  }
}

function stillThere(definition: WorkflowDefinition, id: string | null): string | null {
  return id === null || id === TRIGGER_OWNER || findStep(definition, id) !== undefined ? id : null
}
