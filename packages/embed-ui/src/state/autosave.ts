// Saves a document some time after it changed, one request at a time, and always tells the truth about it.
import type { DefinitionIssue } from '@inlay/engine'
import { type ApiProblem, isTransient, readProblem } from '../data/api-error.js'

/**
 * `unsaved`: changed, and about to be saved. `offline`: could not be saved, is tried again. `signedOut`: waits for
 * `retry` after a new sign-in. `refused`: will not be saved as it is.
 */
export type SaveStatus = 'saved' | 'unsaved' | 'saving' | 'offline' | 'signedOut' | 'conflict' | 'refused'

export interface SaveState {
  readonly status: SaveStatus
  readonly revision: number
  readonly problem: ApiProblem | undefined
}

export interface SaveResult {
  readonly revision: number
  readonly issues: readonly DefinitionIssue[]
}

/** What the server has. */
export interface Stored<T> extends SaveResult {
  readonly document: T
}

export interface AutosaveOptions<T> {
  readonly revision: number
  readonly saved: T
  save(document: T, baseRevision: number): Promise<SaveResult>
  /** Resolves to undefined when what the server has cannot be read here. */
  latest(): Promise<Stored<T> | undefined>
  isSame(one: T, other: T): boolean
  onState(state: SaveState): void
  /** Called with the document that the issues were found in. */
  onSaved(document: T, result: SaveResult): void
}

/** From the last change to the request, in milliseconds. */
const QUIET_MS = 600
/** A stream of changes is saved at least this often, in milliseconds. */
const LONGEST_WAIT_MS = 1_600
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000

/** Keeps a document saved. Call `change` with every new document and `dispose` when nobody edits it any more. */
export class Autosave<T> {
  readonly #options: AutosaveOptions<T>
  #saved: T
  #current: T
  #revision: number
  #status: SaveStatus = 'saved'
  #problem: ApiProblem | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #firstUnsavedAtMs = 0
  #retryMs = FIRST_RETRY_MS
  #inFlight: Promise<void> | undefined
  /** Sent without an answer since the last one that came: the server may have saved them all the same. */
  #unanswered: T[] = []
  #isClosed = false
  #isAbandoned = false

  constructor(options: AutosaveOptions<T>) {
    this.#options = options
    this.#saved = options.saved
    this.#current = options.saved
    this.#revision = options.revision
  }

  get state(): SaveState {
    return { status: this.#status, revision: this.#revision, problem: this.#problem }
  }

  /** Tells of a new document. Going back to the saved one needs no request. */
  change(document: T): void {
    this.#current = document
    this.#isClosed = false
    if (this.#status === 'conflict' || this.#isAbandoned) return
    if (this.#inFlight !== undefined) return
    if (document === this.#saved) {
      clearTimeout(this.#timer)
      this.#enter('saved')
      return
    }
    const nowMs = Date.now()
    if (this.#status === 'saved') this.#firstUnsavedAtMs = nowMs
    // While offline the retry timer is running already; typing must not hurry it.
    if (this.#status === 'offline' || this.#status === 'signedOut') return
    this.#enter('unsaved')
    this.#schedule(Math.min(QUIET_MS, Math.max(0, this.#firstUnsavedAtMs + LONGEST_WAIT_MS - nowMs)))
  }

  /** Saves now what is not saved yet. Resolves when nothing is left or saving failed; then see `state`. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#inFlight
    if (this.#current !== this.#saved && this.#status !== 'conflict') await this.#send()
  }

  /** After a conflict: writes this document over the one on the server, whose revision is given. */
  async overwrite(revision: number): Promise<void> {
    this.#revision = revision
    this.#enter('unsaved')
    await this.#send()
  }

  /** Tries again at once what could not be saved: the network is back, or somebody has signed in again. */
  retry(): void {
    if (this.#inFlight !== undefined || (this.#status !== 'offline' && this.#status !== 'signedOut')) return
    clearTimeout(this.#timer)
    this.#retryMs = FIRST_RETRY_MS
    void this.#send()
  }

  /** Saves what is not saved yet a last time, without further tries. The next `change` opens it again. */
  dispose(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    void this.flush()
  }

  /** Stops timers and forgets what is not saved; a request under way ends unheard. */
  abandon(): void {
    this.#isAbandoned = true
    clearTimeout(this.#timer)
  }

  #send(): Promise<void> {
    if (this.#isAbandoned) return Promise.resolve()
    clearTimeout(this.#timer)
    const document = this.#current
    this.#enter('saving')
    this.#inFlight = this.#options
      .save(document, this.#revision)
      .then(
        (result) => this.#succeed(document, result),
        (error: unknown) => this.#fail(document, readProblem(error)),
      )
      .finally(() => {
        this.#inFlight = undefined
        // Changed while it was under way: the next request follows.
        if (this.#status === 'unsaved' && !this.#isClosed) this.change(this.#current)
      })
    return this.#inFlight
  }

  #succeed(document: T, result: SaveResult): void {
    if (this.#isAbandoned) return
    this.#saved = document
    this.#revision = result.revision
    this.#retryMs = FIRST_RETRY_MS
    this.#unanswered = []
    this.#options.onSaved(document, result)
    this.#enter(this.#current === document ? 'saved' : 'unsaved')
  }

  async #fail(document: T, problem: ApiProblem): Promise<void> {
    if (this.#isAbandoned) return
    if (problem.status === 409) await this.#meet(document, problem)
    else if (problem.status === 401) this.#enter('signedOut', problem)
    else if (isTransient(problem)) {
      if (this.#unanswered.at(-1) !== document) this.#unanswered.push(document)
      this.#goOffline(problem)
    } else this.#enter('refused', problem)
  }

  #goOffline(problem: ApiProblem): void {
    this.#enter('offline', problem)
    if (!this.#isClosed) this.#schedule(this.#retryMs)
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS)
  }

  /** Asks a person about a conflict, unless what the server has was sent from here and only the answer was lost. */
  async #meet(document: T, problem: ApiProblem): Promise<void> {
    const { latest, isSame } = this.#options
    try {
      const stored = await latest()
      if (this.#isAbandoned) return
      const own = stored && [document, ...this.#unanswered].find((sent) => isSame(sent, stored.document))
      if (stored === undefined || own === undefined) this.#enter('conflict', problem)
      else this.#succeed(own, stored)
    } catch (error) {
      const failed = readProblem(error)
      if (this.#isAbandoned) return
      if (isTransient(failed)) this.#goOffline(failed)
      else this.#enter('conflict', problem)
    }
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#send(), delayMs)
  }

  #enter(status: SaveStatus, problem?: ApiProblem): void {
    if (status === this.#status && problem === this.#problem) return
    this.#status = status
    this.#problem = problem
    this.#options.onState(this.state)
  }
}
