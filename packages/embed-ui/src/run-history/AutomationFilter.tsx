import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { BuilderClient } from '../data/client.js'
import { useDebounced } from '../hooks/useDebounced.js'
import { useTexts } from '../messages/useTexts.js'
import { Combobox, type ComboboxOption } from '../ui/Combobox.js'
import { Field } from '../ui/Field.js'

const MOST = 50
/** Typing pauses this long before the server is asked, in milliseconds. */
const SEARCH_PAUSE_MS = 180

export interface AutomationFilterProps {
  readonly client: BuilderClient
  /** Undefined for all. */
  readonly workflowId: string | undefined
  readonly onChange: (workflowId: string | undefined) => void
}

/** Chooses one of a customer's automations, of which there may be more than a list can hold. */
export function AutomationFilter({ client, workflowId, onChange }: AutomationFilterProps) {
  const t = useTexts()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<ComboboxOption>()
  const wanted = useDebounced(search.trim(), SEARCH_PAUSE_MS)
  const found = useQuery({
    queryKey: ['history', 'workflows', wanted],
    queryFn: async () =>
      (await client.workflows.list.query({ limit: MOST, ...(wanted === '' ? {} : { search: wanted }) })).data,
    placeholderData: keepPreviousData,
  })
  const all = { value: '', label: t('history.allAutomations') }
  const named = (found.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const options = search === '' ? [all, ...named] : named
  return (
    <Field label={t('history.automation')} isLabelHidden>
      <Combobox
        value={workflowId ?? ''}
        valueLabel={chosen?.label ?? ''}
        placeholder={all.label}
        options={options}
        isLoading={found.isFetching}
        error={found.error === null ? undefined : problemText(readProblem(found.error), t)}
        onRetry={() => void found.refetch()}
        onSearch={setSearch}
        onValueChange={(next) => {
          setChosen(options.find(({ value }) => value === next))
          setSearch('')
          onChange(next === '' ? undefined : next)
        }}
      />
    </Field>
  )
}
