/** Where an editor is: on the builder, on the list of runs, or at one run. */
export interface EditorPlace {
  readonly view: 'builder' | 'runs'
  readonly runId?: string
  /** The step that the builder opens, or `$trigger`. */
  readonly stepId?: string
  /** The field of that step that is led to, as a JSON Pointer in the step. */
  readonly field?: string
  /** Which runs the list shows, as the query of an address without its `?`. */
  readonly filters?: string
}
