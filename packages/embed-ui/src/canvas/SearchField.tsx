import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { isComposing } from '../ui/is-composing.js'
import styles from './FlowCanvas.module.css'
import type { StepSearch } from './useStepSearch.js'

export interface SearchFieldProps {
  readonly value: string
  readonly search: StepSearch
  readonly onClose: () => void
}

/** What is searched for, how much was found, and the way from one to the next. */
export function SearchField({ value, search, onClose }: SearchFieldProps) {
  const t = useTexts()
  const input = useRef<HTMLInputElement>(null)
  const { matches, at } = search
  const isNone = matches.length === 0
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  return (
    <search className={styles['search']} data-inlay-part="canvas-search">
      <Search size={15} aria-hidden="true" />
      <input
        ref={input}
        type="text"
        value={value}
        aria-label={t('canvas.search')}
        placeholder={t('canvas.searchText')}
        onChange={(event) => search.change(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event)) return
          if (event.key === 'Escape') onClose()
          else if (event.key === 'Enter' && !isNone) search.go(event.shiftKey ? -1 : 1)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <output className={styles['count']} aria-live="polite">
        {value.trim() === '' ? '' : t('canvas.found', { at: at + 1, count: matches.length })}
      </output>
      <IconButton label={t('canvas.previous')} size="small" disabled={isNone} onClick={() => search.go(-1)}>
        <ChevronUp size={15} />
      </IconButton>
      <IconButton label={t('canvas.next')} size="small" disabled={isNone} onClick={() => search.go(1)}>
        <ChevronDown size={15} />
      </IconButton>
      <IconButton label={t('ui.close')} size="small" onClick={onClose}>
        <X size={15} />
      </IconButton>
    </search>
  )
}
