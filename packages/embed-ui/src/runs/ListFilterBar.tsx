import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useDebounced } from '../hooks/useDebounced.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { classNames } from '../ui/class-names.js'
import { SearchInput, Select } from '../ui/Input.js'
import {
  FILTER_MODES,
  FILTER_STATUSES,
  FILTER_TIMES,
  isFiltering,
  type ListFilters,
  NO_FILTERS,
} from './list-filters.js'
import styles from './run-list.module.css'
import shared from './run-rows.module.css'

const TYPING_MS = 300
const VERSIONS = 100

export interface ListFilterBarProps {
  readonly workflowId: string
  readonly filters: ListFilters
  readonly onChange: (filters: ListFilters) => void
}

/** Chooses which runs of a workflow are listed. */
export function ListFilterBar({ workflowId, filters, onChange }: ListFilterBarProps) {
  const t = useTexts()
  return (
    <search className={classNames(shared['filters'], styles['filters'])} aria-label={t('runs.filters')}>
      <SearchWords filters={filters} onChange={onChange} />
      <Select
        aria-label={t('runs.filter')}
        value={filters.status ?? ''}
        placeholder={t('runs.all')}
        options={FILTER_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        onValueChange={(next) => onChange({ ...filters, status: FILTER_STATUSES.find((each) => each === next) })}
      />
      <Select
        aria-label={t('runs.time')}
        value={filters.time ?? ''}
        placeholder={t('runs.anyTime')}
        options={FILTER_TIMES.map((value) => ({ value, label: t(`runs.last${value}`) }))}
        onValueChange={(next) => onChange({ ...filters, time: FILTER_TIMES.find((each) => each === next) })}
      />
      <Select
        aria-label={t('runs.kind')}
        value={filters.mode ?? ''}
        placeholder={t('runs.anyKind')}
        options={FILTER_MODES.map((value) => ({ value, label: t(value === 'live' ? 'runs.live' : 'runs.tests') }))}
        onValueChange={(next) => onChange({ ...filters, mode: FILTER_MODES.find((each) => each === next) })}
      />
      <VersionChoice workflowId={workflowId} filters={filters} onChange={onChange} />
      {isFiltering(filters) && (
        <Button variant="ghost" onClick={() => onChange(NO_FILTERS)}>
          {t('runs.clear')}
        </Button>
      )}
    </search>
  )
}

function SearchWords({ filters, onChange }: Omit<ListFilterBarProps, 'workflowId'>) {
  const t = useTexts()
  const [text, setText] = useState(filters.search)
  const settled = useDebounced(text, TYPING_MS)
  useEffect(() => setText(filters.search), [filters.search])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is told, not what came from elsewhere
  useEffect(() => {
    if (settled === text && settled !== filters.search) onChange({ ...filters, search: settled })
  }, [settled])
  return (
    <SearchInput
      aria-label={t('runs.search')}
      placeholder={t('runs.search')}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  )
}

function VersionChoice({ workflowId, filters, onChange }: ListFilterBarProps) {
  const t = useTexts()
  const { client } = useEditor()
  const versions = useQuery({
    queryKey: ['versions-of-runs', workflowId],
    queryFn: async () => (await client.workflows.versions.query({ id: workflowId, limit: VERSIONS })).data,
  })
  const known = versions.data?.map(({ number }) => number) ?? []
  // A version from an address is shown as chosen even before the others are here.
  const numbers = filters.version === undefined || known.includes(filters.version) ? known : [filters.version, ...known]
  return (
    <Select
      aria-label={t('runs.version')}
      value={filters.version?.toString() ?? ''}
      placeholder={t('runs.anyVersion')}
      options={numbers.map((number) => ({ value: String(number), label: t('runs.versionNumber', { number }) }))}
      onValueChange={(next) => onChange({ ...filters, version: next === '' ? undefined : Number(next) })}
    />
  )
}
