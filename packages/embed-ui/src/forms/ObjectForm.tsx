import type { JsonObject } from '@inlay/engine'
import type { FieldIssue } from '../document/issues.js'
import { FieldDataProvider } from './data-context.js'
import { FormProvider } from './form-context.js'
import { SchemaForm } from './SchemaForm.js'
import { asSchema } from './schema.js'

export interface ObjectFormProps {
  /** A JSON Schema of an object, as the API tells it. */
  readonly schema: unknown
  readonly value: JsonObject
  readonly onChange: (value: JsonObject) => void
  /** What is wrong with which field, by JSON Pointers into the object. @default nothing is */
  readonly issues?: readonly FieldIssue[]
}

const NONE: readonly FieldIssue[] = []

/** A form for settings: nothing in it is data of a run, so that no data is offered, and secrets are hidden. */
export function ObjectForm({ schema, value, onChange, issues = NONE }: ObjectFormProps) {
  return (
    <FieldDataProvider value={undefined}>
      <FormProvider value={{ issues }}>
        <SchemaForm
          schema={asSchema(schema)}
          value={value}
          pointer=""
          // A form of an object schema gives an object.
          onChange={(next) => onChange((next ?? {}) as JsonObject)}
        />
      </FormProvider>
    </FieldDataProvider>
  )
}
