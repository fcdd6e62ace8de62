import type { JsonValue } from '@inlay/engine'
import { DurationInput } from '../panels/DurationInput.js'
import { Combobox } from '../ui/Combobox.js'
import { SecretInput, Select } from '../ui/Input.js'
import { Switch } from '../ui/Toggle.js'
import { ChoicesField } from './ChoicesField.js'
import { choiceLabel } from './choice-label.js'
import { useFieldData } from './data-context.js'
import { FileField } from './FileField.js'
import type { FieldChange } from './form-context.js'
import { JsonField } from './JsonField.js'
import { jsonToText, textToJson } from './json-text.js'
import { DateTimeField, DayOrTimeField } from './MomentField.js'
import { NumberField } from './NumberField.js'
import { RecordField } from './RowFields.js'
import { type FieldKind, fieldKind, type SchemaField } from './schema.js'
import { TemplateField } from './TemplateField.js'

export interface SchemaControlProps {
  readonly kind: Exclude<FieldKind, { kind: 'object' | 'variant' | 'constant' | 'list' }>
  readonly field: SchemaField
  readonly value: JsonValue | undefined
  readonly pointer: string
  readonly onChange: FieldChange
  /** What an item of a list is called: no label names it, and its row removes it. @default it is no item */
  readonly itemName?: string | undefined
}

/** The control of one field, by the kind of its value. */
export function SchemaControl(props: SchemaControlProps) {
  const { kind, field, value, pointer, itemName } = props
  const change = (next: JsonValue | undefined) => props.onChange(next, pointer)
  const placeholder = placeholderOf(field)
  switch (kind.kind) {
    case 'text':
      return <TextControl {...props} format={kind.format} placeholder={placeholder} />
    case 'scalar':
      return (
        <TemplateField value={jsonToText(value)} {...placeholder} onChange={(text) => change(textToJson(text).value)} />
      )
    case 'file':
      return (
        <FileField label={itemName ?? field.title} value={value} isItem={itemName !== undefined} onChange={change} />
      )
    case 'number':
      return (
        <NumberField
          {...placeholder}
          {...(itemName === undefined ? {} : { 'aria-label': itemName })}
          value={value}
          isInteger={kind.isInteger}
          onChange={change}
        />
      )
    case 'date':
    case 'time':
      return <DayOrTimeField type={kind.kind} label={itemName} value={value} onChange={change} />
    case 'dateTime':
      return (
        <DateTimeField label={itemName ?? field.title} allowsDay={kind.allowsDay} value={value} onChange={change} />
      )
    case 'duration':
      return (
        <DurationInput
          value={typeof value === 'string' ? value : ''}
          onChange={(next) => change(next === '' ? undefined : next)}
        />
      )
    case 'boolean':
      return <Switch isOn={(value ?? field.schema['default'] ?? false) === true} onChange={change} />
    case 'choice':
      return <ChoiceControl {...props} choices={kind.choices} />
    case 'choices':
      return (
        <ChoicesField
          choices={kind.choices}
          value={value ?? (field.schema['default'] as JsonValue | undefined)}
          onChange={change}
        />
      )
    case 'record':
      return <RecordField value={value} keepsTypes={fieldKind(kind.value).kind !== 'text'} onChange={change} />
    case 'json':
      return <JsonField value={value} onChange={change} />
  }
}

interface TextControlProps extends SchemaControlProps {
  readonly format: string | undefined
  readonly placeholder: { readonly placeholder?: string }
}

const INPUT_MODES: Readonly<Record<string, 'email' | 'url'>> = { email: 'email', uri: 'url' }

function TextControl({ field, value, pointer, onChange, format, placeholder }: TextControlProps) {
  const data = useFieldData()
  const text = jsonToText(value)
  const change = (next: string) => onChange(next === '' && !field.isRequired ? undefined : next, pointer)
  if (format === 'password' && data === undefined) {
    return <SecretInput value={text} {...placeholder} onChange={(event) => change(event.target.value)} />
  }
  const inputMode = INPUT_MODES[format ?? '']
  return (
    <TemplateField
      value={text}
      {...placeholder}
      {...(inputMode === undefined ? {} : { inputMode })}
      isMultiline={format === 'multiline'}
      isBare={format === 'expression'}
      onChange={change}
    />
  )
}

interface ChoiceControlProps extends SchemaControlProps {
  readonly choices: readonly (string | number | boolean)[]
}

/** From so many choices on they can be searched. */
const SEARCHED_FROM = 12

function ChoiceControl({ field, value, pointer, onChange, choices }: ChoiceControlProps) {
  const current = value ?? (field.schema['default'] as JsonValue | undefined)
  const index = choices.findIndex((choice) => Object.is(choice, current))
  const options = choices.map((choice, at) => ({ value: String(at), label: choiceLabel(choice) }))
  const choose = (next: string) => onChange(next === '' ? undefined : choices[Number(next)], pointer)
  if (choices.length >= SEARCHED_FROM) {
    return (
      <Combobox
        value={index < 0 ? '' : String(index)}
        valueLabel={jsonToText(current)}
        options={options}
        isClearable={!field.isRequired}
        onValueChange={choose}
      />
    )
  }
  return (
    <Select
      value={index < 0 ? '' : String(index)}
      {...(index < 0 || !field.isRequired ? { placeholder: '–' } : {})}
      options={options}
      onValueChange={choose}
    />
  )
}

function placeholderOf({ schema }: SchemaField): { readonly placeholder?: string } {
  const value = schema['default'] ?? (Array.isArray(schema['examples']) ? schema['examples'][0] : undefined)
  const isShort = typeof value === 'string' || typeof value === 'number'
  return isShort ? { placeholder: String(value) } : {}
}
