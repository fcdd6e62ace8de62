import type { JsonValue } from '@inlay/engine'
import { useQuery } from '@tanstack/react-query'
import { Braces, List } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import { isTemplate } from '../expressions/template.js'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { Combobox } from '../ui/Combobox.js'
import { useForm } from './form-context.js'
import styles from './SchemaForm.module.css'
import type { SchemaField } from './schema.js'
import { TemplateField } from './TemplateField.js'

export interface DynamicOptionsProps {
  readonly field: SchemaField
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
}

/** A choice that the service itself lists, for example the channels of a workspace; or typed, or data. */
export function DynamicOptions({ field, value, onChange }: DynamicOptionsProps) {
  const t = useTexts()
  const { loadOptions, optionsKey = '' } = useForm()
  const [search, setSearch] = useState('')
  const [isTyped, setTyped] = useState(typeof value === 'string' && isTemplate(value))
  const wanted = useDeferredValue(search)
  const { data, isFetching, error } = useQuery({
    queryKey: ['options', field.name, optionsKey, wanted],
    queryFn: async () => (await loadOptions?.(field.name, wanted)) ?? [],
    enabled: loadOptions !== undefined && !isTyped,
    staleTime: 60_000,
    retry: false,
  })
  const text = typeof value === 'string' ? value : ''
  return (
    <div className={styles['inline']}>
      {isTyped || loadOptions === undefined ? (
        <TemplateField value={text} onChange={onChange} />
      ) : (
        <div>
          <Combobox
            value={text}
            options={data ?? []}
            placeholder={t('form.choose', { name: field.title.toLowerCase() })}
            isLoading={isFetching}
            error={error === null ? undefined : problemText(readProblem(error))}
            onSearch={setSearch}
            onValueChange={onChange}
          />
        </div>
      )}
      <IconButton label={isTyped ? t('form.useList') : t('form.useData')} onClick={() => setTyped(!isTyped)}>
        {isTyped ? <List size={14} /> : <Braces size={14} />}
      </IconButton>
    </div>
  )
}
