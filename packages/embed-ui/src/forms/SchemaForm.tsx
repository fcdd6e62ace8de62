import type { JsonObject, JsonValue } from '@inlay/engine'
import type { ReactNode } from 'react'
import type { JsonSchema } from '../data/api-types.js'
import { fieldError } from '../document/issues.js'
import { useTexts } from '../messages/useTexts.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { Disclosure } from '../ui/Layout.js'
import { DynamicFields } from './DynamicFields.js'
import { DynamicOptions } from './DynamicOptions.js'
import { fieldPath } from './dependencies.js'
import { ExpressionField } from './ExpressionField.js'
import { type FieldChange, pointerKey, useForm } from './form-context.js'
import { ItemRows, ListField } from './RowFields.js'
import { SchemaControl } from './SchemaControl.js'
import styles from './SchemaForm.module.css'
import { type FieldKind, fieldKind, type SchemaField, schemaFields, titleOf, type Variant } from './schema.js'
import { schemaDefaults } from './schema-defaults.js'
import { useFieldMode } from './useFieldMode.js'

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
        <div key={field.name} className={styles['place']} data-field={`${pointer}/${pointerKey(field.name)}`}>
          <SchemaFieldRow
            field={field}
            value={value[field.name]}
            pointer={`${pointer}/${pointerKey(field.name)}`}
            onChange={(next, at) => setField(field.name, next, at)}
          />
        </div>
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
  const { issues, dynamic } = useForm()
  const kind = fieldKind(field.schema)
  const change = (next: JsonValue | undefined) => onChange(asKind(kind, next), pointer)
  const mode = useFieldMode({ name: field.title, value, isText: isTextual(kind), onChange: change })
  if (kind.kind === 'constant') return null
  const path = dynamic === undefined ? '' : fieldPath(pointer, dynamic.base)
  const isAsked = dynamic !== undefined && path in dynamic.schemas
  const found = fieldError(issues, pointer)
  // Of an empty field every check fails; what matters is that it must be filled in.
  const error = found !== undefined && (value === undefined || value === '') ? t('form.fillIn') : found
  const isOptional = !field.isRequired && field.schema['default'] === undefined
  const isExpression = mode.mode === 'expression'
  if (isOptional && !isExpression && !isAsked && kind.kind === 'object' && kind.fields.length > 0) {
    return <FoldedObject {...{ field, value, pointer, onChange, error, action: mode.toggle }} fields={kind.fields} />
  }
  return (
    <Field
      label={field.title}
      help={field.description && <bdi>{field.description}</bdi>}
      error={error}
      isOptional={isOptional}
      isGroup={!isExpression && (isAsked || isGroupKind(kind))}
      action={mode.toggle}
    >
      {isExpression ? (
        <ExpressionField value={value} isFresh={mode.isFresh} onChange={change} />
      ) : isAsked ? (
        <DynamicFields path={path} dynamic={dynamic}>
          {(schema) => (
            <FieldControl
              field={schema === undefined ? field : { ...field, schema }}
              {...{ value, pointer, onChange }}
            />
          )}
        </DynamicFields>
      ) : (
        <FieldControl {...{ field, value, pointer, onChange }} />
      )}
    </Field>
  )
}

/** What an expression was, as the field holds it: `{{ 42 }}` in a field for texts is a text. */
function asKind({ kind }: FieldKind, value: JsonValue | undefined): JsonValue | undefined {
  return kind === 'text' && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value
}

const GROUPS: readonly FieldKind['kind'][] = ['object', 'record', 'list', 'variant', 'choices', 'file']

/** Whether a field has several controls, so that its label names the group of them. */
function isGroupKind(kind: FieldKind): boolean {
  return GROUPS.includes(kind.kind) || (kind.kind === 'dateTime' && kind.allowsDay)
}

/** Whether what is typed may hold data between words. */
function isTextual({ kind }: FieldKind): boolean {
  return kind === 'text' || kind === 'scalar' || kind === 'json' || kind === 'file'
}

interface FoldedObjectProps extends SchemaFieldRowProps {
  readonly fields: readonly SchemaField[]
  readonly error: string | undefined
  readonly action: ReactNode
}

/** Fields within a field that may be left out: folded away until somebody wants them. */
function FoldedObject({ field, fields, value, pointer, onChange, error, action }: FoldedObjectProps) {
  const t = useTexts()
  const object = asObject(value)
  const count = Object.keys(object).length
  return (
    <div className={styles['folded']}>
      <Disclosure
        title={field.title}
        note={count === 0 ? t('ui.optional') : t('form.filledIn', { count })}
        isInitiallyOpen={count > 0 || error !== undefined}
        action={action}
      >
        <Field
          label={field.title}
          help={field.description && <bdi>{field.description}</bdi>}
          error={error}
          isGroup
          isLabelHidden
        >
          <FieldList fields={fields} value={object} pointer={pointer} onChange={onChange} />
        </Field>
      </Disclosure>
    </div>
  )
}

interface FieldControlProps extends SchemaFieldRowProps {
  /** What an item of a list is called: no label names it, and its row removes it. @default it is no item */
  readonly itemName?: string | undefined
}

/** The control of one field, whatever its value is. */
function FieldControl({ field, value, pointer, onChange, itemName }: FieldControlProps) {
  const t = useTexts()
  const { dynamic } = useForm()
  const kind = fieldKind(field.schema)
  const path = dynamic === undefined ? '' : fieldPath(pointer, dynamic.base)
  if (dynamic !== undefined && path in dynamic.options && kind.kind !== 'list' && kind.kind !== 'choices') {
    return (
      <DynamicOptions
        field={field}
        path={path}
        dynamic={dynamic}
        isText={kind.kind === 'text'}
        value={value}
        onChange={(next) => onChange(next, pointer)}
      />
    )
  }
  switch (kind.kind) {
    case 'constant':
      return null
    case 'object':
      return kind.fields.length === 0 ? (
        <p className={styles['wait']}>{t('form.noFields')}</p>
      ) : (
        <div className={styles['nested']}>
          <FieldList fields={kind.fields} value={asObject(value)} pointer={pointer} onChange={onChange} />
        </div>
      )
    case 'variant':
      return <VariantControl variantKey={kind.key} variants={kind.variants} {...{ value, pointer, onChange, field }} />
    case 'list':
      return <ListControl item={kind.item} {...{ value, pointer, onChange, field }} />
    default:
      return <SchemaControl kind={kind} {...{ field, value, pointer, onChange, itemName }} />
  }
}

interface ListControlProps extends SchemaFieldRowProps {
  readonly item: JsonSchema
}

/** A list: of forms where its items are objects, of choices where the service lists them, else of values. */
function ListControl({ item, field, value, pointer, onChange }: ListControlProps) {
  const t = useTexts()
  const { dynamic } = useForm()
  const path = dynamic === undefined ? '' : fieldPath(pointer, dynamic.base)
  const itemKind = fieldKind(item).kind
  const isObject = itemKind === 'object' || itemKind === 'record' || itemKind === 'variant'
  const isPicked =
    itemKind === 'file' ||
    itemKind === 'date' ||
    itemKind === 'dateTime' ||
    itemKind === 'time' ||
    itemKind === 'number'
  const isChoice = dynamic !== undefined && path in dynamic.options
  if ((!isObject && !isChoice && !isPicked) || typeof value === 'string') {
    return <ListField itemSchema={item} value={value} onChange={(next) => onChange(next, pointer)} />
  }
  const items = asList(value)
  const itemField: SchemaField = { ...field, schema: item, isRequired: true, description: undefined }
  return (
    <ItemRows
      items={items}
      isWide={isObject}
      isText={isChoice || isTextual(fieldKind(item))}
      fresh={isObject ? schemaDefaults(item) : isPicked ? null : ''}
      onChange={(next) => onChange(next, pointer)}
    >
      {({ item: each, index }) => (
        <FieldControl
          field={itemField}
          value={each}
          pointer={`${pointer}/${index}`}
          itemName={t('form.item', { number: index + 1 })}
          onChange={(next, at) => onChange(items.with(index, next ?? null), at)}
        />
      )}
    </ItemRows>
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

function asList(value: JsonValue | undefined): readonly JsonValue[] {
  // What Array.isArray admits of JSON is a list of JSON values.
  return Array.isArray(value) ? (value as readonly JsonValue[]) : []
}

function asObject(value: JsonValue | undefined): JsonObject {
  // Arrays are the only other objects in JSON; TypeScript cannot narrow read-only ones.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}
