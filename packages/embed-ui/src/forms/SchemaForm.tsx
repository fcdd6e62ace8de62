import type { JsonObject, JsonValue } from '@inlay/engine'
import type { JsonSchema } from '../data/api-types.js'
import { fieldError } from '../document/issues.js'
import { useTexts } from '../messages/useTexts.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { type FieldChange, pointerKey, useForm } from './form-context.js'
import { SchemaControl } from './SchemaControl.js'
import styles from './SchemaForm.module.css'
import { fieldKind, type SchemaField, schemaFields, titleOf, type Variant } from './schema.js'
import { schemaDefaults } from './schema-defaults.js'

export interface SchemaFormProps {
  /** A schema of an object. */
  readonly schema: JsonSchema
  readonly value: JsonObject
  /** Where the object stands, as a JSON Pointer. */
  readonly pointer: string
  readonly onChange: FieldChange
}

/** A form for an object, made from its JSON Schema. */
export function SchemaForm({ schema, value, pointer, onChange }: SchemaFormProps) {
  return <FieldList fields={schemaFields(schema)} value={value} pointer={pointer} onChange={onChange} />
}

interface FieldListProps extends Omit<SchemaFormProps, 'schema'> {
  readonly fields: readonly SchemaField[]
}

function FieldList({ fields, value, pointer, onChange }: FieldListProps) {
  const setField = (name: string, next: JsonValue | undefined, at: string) => {
    const { [name]: _old, ...rest } = value
    onChange(next === undefined ? rest : { ...rest, [name]: next }, at)
  }
  return (
    <div className={styles['form']}>
      {fields.map((field) => (
        <SchemaFieldRow
          key={field.name}
          field={field}
          value={value[field.name]}
          pointer={`${pointer}/${pointerKey(field.name)}`}
          onChange={(next, at) => setField(field.name, next, at)}
        />
      ))}
    </div>
  )
}

interface SchemaFieldRowProps {
  readonly field: SchemaField
  readonly value: JsonValue | undefined
  readonly pointer: string
  readonly onChange: FieldChange
}

function SchemaFieldRow({ field, value, pointer, onChange }: SchemaFieldRowProps) {
  const t = useTexts()
  const { issues } = useForm()
  const kind = fieldKind(field.schema)
  if (kind.kind === 'constant') return null
  const found = fieldError(issues, pointer)
  // Of an empty field every check fails; what matters is that it must be filled in.
  const error = found !== undefined && (value === undefined || value === '') ? t('form.fillIn') : found
  const isGroup = ['object', 'record', 'list', 'variant'].includes(kind.kind)
  const control =
    kind.kind === 'object' ? (
      <div className={styles['nested']}>
        <FieldList fields={kind.fields} value={asObject(value)} pointer={pointer} onChange={onChange} />
      </div>
    ) : kind.kind === 'variant' ? (
      <VariantControl variantKey={kind.key} variants={kind.variants} {...{ value, pointer, onChange, field }} />
    ) : (
      <SchemaControl kind={kind} field={field} value={value} pointer={pointer} onChange={onChange} />
    )
  return (
    <Field
      label={field.title}
      help={field.description}
      error={error}
      isOptional={!field.isRequired && field.schema['default'] === undefined}
      isGroup={isGroup}
    >
      {control}
    </Field>
  )
}

interface VariantControlProps extends SchemaFieldRowProps {
  readonly variantKey: string
  readonly variants: readonly Variant[]
}

function VariantControl({ variantKey, variants, value, pointer, onChange, field }: VariantControlProps) {
  const object = asObject(value)
  const chosen = variants.find((variant) => variant.value === object[variantKey])
  const choose = (next: string) => {
    const variant = variants.find((each) => each.value === next)
    // Defaults of an object schema are an object.
    const defaults = variant === undefined ? undefined : (schemaDefaults(variant.schema) as JsonObject)
    onChange(defaults === undefined ? undefined : { ...defaults, [variantKey]: next }, pointer)
  }
  return (
    <>
      <Select
        aria-label={field.title}
        value={chosen?.value ?? ''}
        {...(field.isRequired ? {} : { placeholder: '–' })}
        options={variants.map((variant) => ({ value: variant.value, label: titleOf(variant.value) }))}
        onValueChange={choose}
      />
      {chosen !== undefined && schemaFields(chosen.schema).length > 1 && (
        <div className={styles['nested']}>
          <FieldList fields={schemaFields(chosen.schema)} value={object} pointer={pointer} onChange={onChange} />
        </div>
      )}
    </>
  )
}

function asObject(value: JsonValue | undefined): JsonObject {
  // Arrays are the only other objects in JSON; TypeScript cannot narrow read-only ones.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}
