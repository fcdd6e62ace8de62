import type { JsonObject } from '@inlay/engine'
import type { Deadline } from '../deadline.js'
import type { Located, Source } from '../document/source.js'
import type { Notes } from '../notes.js'
import type { SampleCheck } from '../schema/sample-check.js'
import type { Translator } from '../schema/translate.js'
import type { AuthPlan } from './auth.js'

/** What the import of one operation may look at. */
export interface ImportContext {
  readonly source: Source
  readonly notes: Notes
  readonly deadline: Deadline
  readonly translator: Translator
  readonly check: SampleCheck
  readonly auth: AuthPlan
  readonly documentUrl: string | undefined
}

/** An operation where the document has it. */
export interface FoundOperation {
  /** `GET /orders`, as the document writes it. */
  readonly key: string
  readonly method: string
  readonly path: string
  readonly operation: JsonObject
  readonly pointer: string
  /** What holds for all methods of the path. */
  readonly item: Located
}
