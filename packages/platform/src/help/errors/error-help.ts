/** What is known of an error code: the page behind a problem's `type` says it. */
export interface ErrorHelp {
  /** The HTTP statuses that it comes with. */
  readonly status: readonly number[]
  /** What happened, as one sentence. */
  readonly what: string
  readonly why: string
  /** What to do about it. */
  readonly fix: string
}

/** Codes that belong together, by code. */
export type ErrorArea = Readonly<Record<string, ErrorHelp>>
