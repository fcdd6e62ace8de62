import type { JsonObject, JsonValue } from '@inlay/engine'
import { createContext, useContext } from 'react'
import type { JsonSchema, MemberSummary, OptionsPage } from '../data/api-types.js'
import type { FieldIssue } from '../document/issues.js'

/** What fields of one form ask the service: their choices, their shapes. */
export interface DynamicForm {
  /** Of the object that the form is for, as a JSON Pointer. */
  readonly base: string
  /** Part of the cache key of answers: what they are for. */
  readonly key: string
  /** By a field's path in the input, joined by `.`. */
  readonly options: MemberSummary['dynamicOptions']
  readonly schemas: MemberSummary['dynamicSchemas']
  readonly input: JsonObject
  /** Whether nobody can be asked before an account is chosen. */
  readonly needsAccount: boolean
  /** What people read of a field. */
  readonly nameOf: (path: string) => string
  readonly loadOptions: (field: string, search: string, cursor: string | undefined) => Promise<OptionsPage>
  readonly loadSchema: (field: string) => Promise<JsonSchema>
}

/** What the fields of one form share. */
export interface FormServices {
  readonly issues: readonly FieldIssue[]
  /** Absent in forms that ask nobody. */
  readonly dynamic?: DynamicForm | undefined
}

const FormContext = createContext<FormServices>({ issues: [] })

/** Gives fields the issues and choices of their form. */
export const FormProvider = FormContext.Provider

/** What the form around a field offers. */
export function useForm(): FormServices {
  return useContext(FormContext)
}

/** Called with a field's new value, undefined when it was emptied, and its JSON Pointer. */
export type FieldChange = (value: JsonValue | undefined, pointer: string) => void

/** A key of an object in a JSON Pointer. */
export function pointerKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
