import type { JsonValue } from '@inlay/engine'
import { useInfiniteQuery } from '@tanstack/react-query'
import { List, PencilLine } from 'lucide-react'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import { useDebounced } from '../hooks/useDebounced.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { Combobox } from '../ui/Combobox.js'
import { dependencyValues, dependsOnData, missingFirst } from './dependencies.js'
import type { DynamicForm } from './form-context.js'
import { jsonToText, textToJson } from './json-text.js'
import styles from './SchemaForm.module.css'
import type { SchemaField } from './schema.js'
import { TemplateField } from './TemplateField.js'

/** Typing pauses this long before the service is asked, in milliseconds. */
const SEARCH_PAUSE_MS = 250

export interface DynamicOptionsProps {
  readonly field: SchemaField
  /** Of the field in the input, joined by `.`. */
  readonly path: string
  readonly dynamic: DynamicForm
  /** Whether the field holds a text: other values are typed as JSON. */
  readonly isText: boolean
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
}

/** A choice that the service itself lists, for example the channels of a workspace; or typed, or data. */
export function DynamicOptions(props: DynamicOptionsProps) {
  const { dynamic, path, value, isText, onChange } = props
  const t = useTexts()
  const { dependsOn = [] } = dynamic.options[path] ?? {}
  const isOpenAtRunTime = dependsOnData(dependsOn, dynamic.input)
  const [wantsTyping, setTyping] = useState(false)
  const isTyped = wantsTyping || isOpenAtRunTime
  const write = (text: string) => onChange(text === '' ? undefined : isText ? text : textToJson(text).value)
  return (
    <div className={styles['inline']}>
      {isTyped ? (
        <TemplateField value={jsonToText(value)} onChange={write} />
      ) : (
        <div>
          <ServiceChoice {...props} dependsOn={dependsOn} />
        </div>
      )}
      {!isOpenAtRunTime && (
        <IconButton label={t(isTyped ? 'form.useList' : 'form.typeIt')} onClick={() => setTyping(!isTyped)}>
          {isTyped ? <List size={14} /> : <PencilLine size={14} />}
        </IconButton>
      )}
    </div>
  )
}

function ServiceChoice(props: DynamicOptionsProps & { readonly dependsOn: readonly string[] }) {
  const t = useTexts()
  // Elsewhere capitals may belong to the word.
  const isEnglish = useLocale().startsWith('en')
  const { field, path, dynamic, value, onChange, dependsOn } = props
  const missing = missingFirst(dependsOn, dynamic.input)
  const isBlocked = dynamic.needsAccount || missing.length > 0
  const isSearchable = dynamic.options[path]?.isSearchable === true
  const [search, setSearch] = useState('')
  const wanted = useDebounced(isSearchable ? search.trim() : '', SEARCH_PAUSE_MS)
  const query = useInfiniteQuery({
    queryKey: ['options', dynamic.key, path, dependencyValues(dependsOn, dynamic.input), wanted],
    queryFn: ({ pageParam }) => dynamic.loadOptions(path, wanted, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    enabled: !isBlocked,
    staleTime: 60_000,
    retry: false,
  })
  const options = (query.data?.pages ?? []).flatMap((page) => page.options)
  const names = missing.map(dynamic.nameOf).join(', ')
  const placeholder = dynamic.needsAccount
    ? t('form.accountFirst')
    : missing.length > 0
      ? t('form.chooseFirst', { names })
      : t('form.choose', { name: isEnglish ? field.title.toLowerCase() : field.title })
  return (
    <Combobox
      value={value === undefined || value === '' ? '' : keyOf(value)}
      valueLabel={value === undefined ? '' : jsonToText(value)}
      options={options.map((option) => ({ ...option, value: keyOf(option.value) }))}
      placeholder={placeholder}
      disabled={isBlocked}
      isLoading={query.isFetching}
      hasMore={query.hasNextPage}
      onMore={() => void query.fetchNextPage()}
      onRetry={() => void query.refetch()}
      isClearable={!field.isRequired}
      error={query.error === null ? undefined : problemText(readProblem(query.error), t)}
      {...(isSearchable ? { onSearch: setSearch } : {})}
      onValueChange={(key) => onChange(options.find((option) => keyOf(option.value) === key)?.value)}
    />
  )
}

/** Values need not be texts; lists of choices tell them apart by their JSON. */
function keyOf(value: JsonValue): string {
  return JSON.stringify(value)
}
