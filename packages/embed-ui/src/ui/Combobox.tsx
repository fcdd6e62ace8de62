import { Check, ChevronsUpDown } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { matchesSearch } from '../search/folded-text.js'
import { Button } from './Button.js'
import styles from './Combobox.module.css'
import { useFieldControl } from './Field.js'
import { SearchInput, type SelectOption } from './Input.js'
import { isComposing } from './is-composing.js'
import { Popover } from './Popover.js'
import { Spinner } from './Spinner.js'

/** A choice; the description tells those apart whose labels are alike. */
export interface ComboboxOption extends SelectOption {
  readonly description?: string | undefined
}

export interface ComboboxProps {
  readonly value: string
  /** Shown for a value that is not among the options. @default the value */
  readonly valueLabel?: string
  readonly options: readonly ComboboxOption[]
  readonly onValueChange: (value: string) => void
  /** Called as the person types; when absent, options are filtered here by their label. */
  readonly onSearch?: (search: string) => void
  readonly placeholder?: string
  readonly isLoading?: boolean
  /** In place of the options, when they could not be loaded. */
  readonly error?: string | undefined
  /** Whether there are options that `onMore` loads. @default false */
  readonly hasMore?: boolean
  readonly onMore?: () => void
  /** Offered beside an error. */
  readonly onRetry?: () => void
  /** Offers to choose nothing; `onValueChange` is then told the empty text. @default false */
  readonly isClearable?: boolean
  readonly disabled?: boolean
}

/** A searchable choice of one. */
export function Combobox(props: ComboboxProps) {
  const { value, valueLabel, options, onValueChange, placeholder, disabled = false, ...list } = props
  const t = useTexts()
  const control = useFieldControl()
  const valueId = useId()
  const [isOpen, setOpen] = useState(false)
  const chosen = options.find((option) => option.value === value)
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={setOpen}
      label={placeholder ?? t('ui.select')}
      trigger={
        <button
          type="button"
          className={styles['trigger']}
          disabled={disabled}
          data-inlay-part="combobox"
          data-empty={(value === '' && chosen === undefined) || undefined}
          {...control}
          // Where a label gives the name, what is chosen is said besides.
          {...(control.id === undefined
            ? {}
            : { 'aria-describedby': [valueId, control['aria-describedby']].filter(Boolean).join(' ') })}
        >
          <span id={valueId} dir="auto">
            {chosen?.label ?? (value === '' ? (placeholder ?? t('ui.select')) : (valueLabel ?? value))}
          </span>
          <ChevronsUpDown size={14} aria-hidden="true" />
        </button>
      }
    >
      <OptionList
        {...list}
        value={value}
        options={options}
        onChoose={(next) => {
          onValueChange(next)
          setOpen(false)
        }}
      />
    </Popover>
  )
}

interface OptionListProps extends Omit<ComboboxProps, 'valueLabel' | 'onValueChange' | 'placeholder' | 'disabled'> {
  readonly onChoose: (value: string) => void
}

function OptionList({ value, options, onSearch, isLoading = false, error, onChoose, ...more }: OptionListProps) {
  const t = useTexts()
  const id = useId()
  const [search, setSearch] = useState('')
  const shown =
    onSearch === undefined
      ? options.filter(({ label, description = '' }) => matchesSearch(search, [label, description]))
      : options
  const { list, active, setActive, onKeyDown } = useActiveOption(shown, value, onChoose)
  return (
    <>
      <div className={styles['search']}>
        <SearchInput
          value={search}
          role="combobox"
          aria-expanded
          aria-controls={id}
          {...(shown.length === 0 ? {} : { 'aria-activedescendant': `${id}-${active}` })}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setSearch(event.target.value)
            setActive(0)
            onSearch?.(event.target.value)
          }}
        />
      </div>
      <div ref={list} id={id} role="listbox" className={styles['list']} tabIndex={-1}>
        {shown.map((option, index) => (
          <OptionRow
            key={option.value}
            id={`${id}-${index}`}
            option={option}
            index={index}
            isActive={index === active}
            isChosen={option.value === value}
            onChoose={() => onChoose(option.value)}
            onHover={() => setActive(index)}
          />
        ))}
        <OptionNote text={error ?? (shown.length === 0 && !isLoading ? t('ui.noMatches') : undefined)} />
        {isLoading && (
          <div className={styles['note']}>
            <Spinner size={14} /> {t('ui.loading')}
          </div>
        )}
      </div>
      <ListFoot isFailed={error !== undefined} isLoading={isLoading} value={value} onChoose={onChoose} {...more} />
    </>
  )
}

/** As high as the list gets beside its button, in pixels. */
const MOST_HIGH = 280

/** Which option the keyboard is at: the chosen one at first; the arrows move, Enter chooses. */
function useActiveOption(shown: readonly ComboboxOption[], chosen: string, onChoose: (value: string) => void) {
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      shown.findIndex(({ value }) => value === chosen),
    ),
  )
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    // Fewer matches do not make the box jump to the other side of its button, away from who is typing.
    if (list.current !== null) list.current.style.minHeight = `${Math.min(list.current.offsetHeight, MOST_HIGH)}px`
  }, [])
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const option = shown[active]
    if (step !== 0) setActive((index) => Math.min(Math.max(index + step, 0), shown.length - 1))
    else if (event.key === 'Enter' && option !== undefined) onChoose(option.value)
    else return
    event.preventDefault()
  }
  return { list, active, setActive, onKeyDown }
}

interface OptionRowProps {
  readonly id: string
  readonly option: ComboboxOption
  readonly index: number
  readonly isActive: boolean
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onHover: () => void
}

function OptionRow({ id, option, index, isActive, isChosen, onChoose, onHover }: OptionRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the search field, which keeps the focus
    <div
      id={id}
      role="option"
      tabIndex={-1}
      data-index={index}
      data-active={isActive || undefined}
      aria-selected={isChosen}
      className={styles['option']}
      onClick={onChoose}
      onPointerMove={onHover}
    >
      <span className={styles['words']}>
        {option.label}
        {option.description !== undefined && <small>{option.description}</small>}
      </span>
      {isChosen && <Check size={14} aria-hidden="true" />}
    </div>
  )
}

type ListFootProps = Pick<OptionListProps, 'value' | 'hasMore' | 'onMore' | 'onRetry' | 'isClearable' | 'onChoose'> & {
  readonly isFailed: boolean
  readonly isLoading: boolean
}

/** What can be done below the options; left out when that is nothing. */
function ListFoot({ isFailed, isLoading, value, onChoose, ...props }: ListFootProps) {
  const t = useTexts()
  const { hasMore = false, isClearable = false, onMore, onRetry } = props
  const canRetry = isFailed && onRetry !== undefined
  const canClear = isClearable && value !== ''
  if (!canRetry && !hasMore && !canClear) return null
  return (
    <div className={styles['foot']}>
      {canRetry && (
        <Button size="small" isBusy={isLoading} onClick={onRetry}>
          {t('ui.retry')}
        </Button>
      )}
      {hasMore && (
        <Button size="small" isBusy={isLoading} onClick={onMore}>
          {t('ui.loadMore')}
        </Button>
      )}
      {canClear && (
        <Button size="small" variant="ghost" onClick={() => onChoose('')}>
          {t('ui.clear')}
        </Button>
      )}
    </div>
  )
}

function OptionNote({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : <div className={styles['note']}>{text}</div>
}
