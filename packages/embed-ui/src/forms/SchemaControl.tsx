import type { JsonValue } from '@inlay/engine'
import { Braces, PencilLine } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { isTemplate } from '../expressions/template.js'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { SecretInput, Select } from '../ui/Input.js'
import { Switch } from '../ui/Toggle.js'
import { useFieldData } from './data-context.js'
import type { FieldChange } from './form-context.js'
import { JsonField } from './JsonField.js'
import { jsonToText, textToJson, textToNumber } from './json-text.js'
import { RecordField } from './RowFields.js'
import styles from './SchemaForm.module.css'
import { type FieldKind, fieldKind, type SchemaField } from './schema.js'
import { TemplateField } from './TemplateField.js'

export interface SchemaControlProps {
  readonly kind: Exclude<FieldKind, { kind: 'object' | 'variant' | 'constant' | 'list' }>
  readonly field: SchemaField
  readonly value: JsonValue | undefined
  readonly pointer: string
  readonly onChange: FieldChange
}

/** The control of one field, by the kind of its value. */
export function SchemaControl(props: SchemaControlProps) {
  const { kind, field, value, pointer, onChange } = props
  const placeholder = placeholderOf(field)
  switch (kind.kind) {
    case 'text':
      return <TextControl {...props} format={kind.format} placeholder={placeholder} />
    case 'scalar':
      return (
        <TemplateField
          value={jsonToText(value)}
          {...placeholder}
          onChange={(text) => onChange(textToJson(text).value, pointer)}
        />
      )
    case 'file':
      return <FileControl value={value} onChange={(next) => onChange(next, pointer)} />
    case 'number':
      return (
        <TemplateField
          value={jsonToText(value)}
          {...placeholder}
          onChange={(text) => onChange(textToNumber(text), pointer)}
        />
      )
    case 'boolean':
      return (
        <ValueOrData value={value} onChange={(next) => onChange(next, pointer)}>
          <Switch
            isOn={(value ?? field.schema['default'] ?? false) === true}
            onChange={(isOn) => onChange(isOn, pointer)}
            aria-label={field.title}
          />
        </ValueOrData>
      )
    case 'choice':
      return <ChoiceControl {...props} choices={kind.choices} />
    case 'record':
      return (
        <RecordField
          value={value}
          keepsTypes={fieldKind(kind.value).kind !== 'text'}
          onChange={(next) => onChange(next, pointer)}
        />
      )
    case 'json':
      return <JsonField value={value} onChange={(next) => onChange(next, pointer)} />
  }
}

interface FileControlProps {
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
}

/** Files come from earlier steps: people pick where, and never type what is in one. */
function FileControl({ value, onChange }: FileControlProps) {
  const t = useTexts()
  return (
    <TemplateField
      value={jsonToText(value)}
      placeholder={t('form.file')}
      onChange={(text) => onChange(text === '' ? undefined : textToJson(text).value)}
    />
  )
}

interface TextControlProps extends SchemaControlProps {
  readonly format: string | undefined
  readonly placeholder: { readonly placeholder?: string }
}

function TextControl({ field, value, pointer, onChange, format, placeholder }: TextControlProps) {
  const data = useFieldData()
  const text = jsonToText(value)
  const change = (next: string) => onChange(next === '' && !field.isRequired ? undefined : next, pointer)
  if (format === 'password' && data === undefined) {
    return <SecretInput value={text} {...placeholder} onChange={(event) => change(event.target.value)} />
  }
  return (
    <TemplateField
      value={text}
      {...placeholder}
      isMultiline={format === 'multiline'}
      isBare={format === 'expression'}
      onChange={change}
    />
  )
}

interface ChoiceControlProps extends SchemaControlProps {
  readonly choices: readonly (string | number | boolean)[]
}

function ChoiceControl({ field, value, pointer, onChange, choices }: ChoiceControlProps) {
  const current = value ?? (field.schema['default'] as JsonValue | undefined)
  const index = choices.findIndex((choice) => Object.is(choice, current))
  return (
    <ValueOrData value={value} onChange={(next) => onChange(next, pointer)}>
      <Select
        value={index < 0 ? '' : String(index)}
        {...(index < 0 || !field.isRequired ? { placeholder: '–' } : {})}
        options={choices.map((choice, at) => ({ value: String(at), label: String(choice) }))}
        onValueChange={(next) => onChange(next === '' ? undefined : choices[Number(next)], pointer)}
      />
    </ValueOrData>
  )
}

interface ValueOrDataProps {
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
  readonly children: ReactNode
}

/** A control that can give way to data of an earlier step, and back. */
function ValueOrData({ value, onChange, children }: ValueOrDataProps) {
  const t = useTexts()
  const data = useFieldData()
  const [wantsData, setWantsData] = useState(false)
  if (data === undefined) return children
  const isData = wantsData || (typeof value === 'string' && isTemplate(value))
  const toggle = () => {
    setWantsData(!isData)
    if (isData) onChange(undefined)
  }
  return (
    <div className={styles['inline']} data-centered>
      {isData ? (
        <TemplateField
          value={typeof value === 'string' ? value : ''}
          onChange={(text) => onChange(text === '' ? undefined : text)}
        />
      ) : (
        <div>{children}</div>
      )}
      <IconButton label={isData ? t('form.useValue') : t('form.useData')} onClick={toggle}>
        {isData ? <PencilLine size={14} /> : <Braces size={14} />}
      </IconButton>
    </div>
  )
}

function placeholderOf({ schema }: SchemaField): { readonly placeholder?: string } {
  const value = schema['default'] ?? (Array.isArray(schema['examples']) ? schema['examples'][0] : undefined)
  return value === undefined ? {} : { placeholder: String(value) }
}
