import type { JsonValue } from '@inlay/engine'
import { createContext, useContext } from 'react'
import type { PlacedIssue } from '../document/issues.js'
import type { SelectOption } from '../ui/Input.js'

/** What the fields of one form share. */
export interface FormServices {
  readonly issues: readonly PlacedIssue[]
  /** Choices that the service knows for a field. */
  readonly loadOptions?: (field: string, search: string) => Promise<readonly SelectOption[]>
  /** Part of the cache key of options: choices depend on it. */
  readonly optionsKey?: string
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
