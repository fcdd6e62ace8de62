import type { JsonObject, JsonValue } from '../json.js'
import type { ConnectionTestContext } from './auth.js'

/** One choice of a field. */
export interface SelectOption {
  readonly value: JsonValue
  readonly label: string
  /** A second line, where labels alone do not tell choices apart. */
  readonly description?: string
}

/** Some of a field's choices. */
export interface OptionsPage {
  readonly options: readonly SelectOption[]
  /** Loads the rest. Absent: these were all. */
  readonly nextCursor?: string
}

/** Choices of one field that the service knows. */
export interface DynamicOptions {
  /** Fields that must be filled in first; when one changes, the choice is made anew. */
  readonly dependsOn: readonly string[]
  /** Whether `search` narrows the choices at the service; otherwise the form searches in what it was given. */
  readonly isSearchable: boolean
  /** @throws StepError that says why there are none */
  load(context: OptionsContext): Promise<OptionsPage>
}

/** A field whose shape the service knows: the columns of a sheet, a form's questions. */
export interface DynamicSchema {
  /** Fields that must be filled in first; when one changes, the shape is asked for anew. */
  readonly dependsOn: readonly string[]
  /** Resolves to a JSON Schema (draft 2020-12) of the field's value. @throws StepError that says why there is none */
  load(context: FormContext): Promise<JsonObject>
}

/** What an action's or trigger's form asks the service. */
export interface DynamicForm {
  /** By the input's field. A path of a field in an object is joined by `.`. */
  readonly options: Readonly<Record<string, DynamicOptions>>
  /** By the input's field. */
  readonly schemas: Readonly<Record<string, DynamicSchema>>
  /** The shape of what comes out, when it depends on the input. */
  readonly outputSchema?: DynamicSchema
}

/** What a loader is given. */
export interface FormContext extends ConnectionTestContext {
  /** What the form holds so far; may be incomplete, and may be anything. */
  readonly input: JsonObject
}

/** What a loader of choices is given. */
export interface OptionsContext extends FormContext {
  /** What the person has typed into the search box; empty at first. */
  readonly search: string
  /** The `nextCursor` of the page before. */
  readonly cursor?: string
}
