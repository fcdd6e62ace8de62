/** What came of one document. */
export interface DocumentCheck {
  readonly isValid: boolean
  /** Why it is not valid, shortest first; empty when it is. */
  readonly problems: readonly string[]
  readonly actions: number
  readonly triggers: number
  readonly withoutSampleInput: number
  readonly withoutSampleOutput: number
  readonly paged: number
  readonly notes: number
  readonly leftOutOperations: number
  readonly format: string
  readonly authKinds: readonly string[]
  readonly bodyKinds: readonly string[]
  readonly importMs: number
  readonly storedBytes: number
}

const NOTHING: Omit<DocumentCheck, 'problems' | 'importMs'> = {
  isValid: false,
  actions: 0,
  triggers: 0,
  withoutSampleInput: 0,
  withoutSampleOutput: 0,
  paged: 0,
  notes: 0,
  leftOutOperations: 0,
  format: '',
  authKinds: [],
  bodyKinds: [],
  storedBytes: 0,
}

/** The check of a document that could not be looked at. */
export function failedCheck(problem: string, importMs: number): DocumentCheck {
  return { ...NOTHING, problems: [problem], importMs }
}
