/** What a host may do with an open editor. */
export interface EditorHandle {
  /** Saves what is not saved yet. Resolves to whether everything is saved. */
  save(): Promise<boolean>
  /** Opens the dialog to publish, as the button does. */
  publish(): void
  undo(): void
  redo(): void
  getState(): EditorState
}

export interface EditorState {
  /** Whether there are changes that are not saved. */
  readonly dirty: boolean
  /** How many problems keep the draft from being published. */
  readonly errors: number
}
