/** One thing wrong with a definition. A compiler reports all of them at once. */
export interface DefinitionIssue {
  /** JSON Pointer (RFC 6901) into the definition, for example `/steps/0/cases/1/if`. */
  readonly pointer: string
  /** The innermost step that holds the place, when there is one. */
  readonly stepId?: string
  /** What is wrong and what to do, in words a person who builds workflows understands. */
  readonly message: string
  /** What was expected there, for example `a duration such as "30s"`. */
  readonly expected?: string
  /** For expressions: zero-based character offset in the string at `pointer`. */
  readonly offset?: number
}
