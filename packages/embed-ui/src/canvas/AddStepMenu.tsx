import type { JsonObject } from '@inlay/engine'
import { Popover } from 'radix-ui'
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { ConnectorSummary } from '../data/api-types.js'
import { LOGIC_GROUPS, type NewStep } from '../document/new-step.js'
import { schemaDefaults } from '../forms/schema-defaults.js'
import { type Texts, useTexts } from '../messages/useTexts.js'
import { usePortalContainer } from '../theme/portal-container.js'
import { SearchInput } from '../ui/Input.js'
import styles from './AddStepMenu.module.css'
import { ConnectorIcon, LogicIcon } from './ConnectorIcon.js'

interface Choice {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly description: string
  readonly connector: ConnectorSummary | undefined
  readonly step: NewStep
}

export interface AddStepMenuProps {
  /** The plus that it belongs to; null when closed. */
  readonly anchor: HTMLElement | null
  readonly connectors: readonly ConnectorSummary[]
  readonly onChoose: (step: NewStep) => void
  readonly onClose: () => void
}

/** The menu of steps that can be added, beside a plus. */
export function AddStepMenu({ anchor, connectors, onChoose, onClose }: AddStepMenuProps) {
  const t = useTexts()
  const container = usePortalContainer()
  const anchorRef = useRef<HTMLElement>(null) as RefObject<HTMLElement>
  if (anchor !== null) anchorRef.current = anchor
  return (
    <Popover.Root open={anchor !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={anchorRef} />
      <Popover.Portal container={container}>
        <Popover.Content
          className={styles['menu']}
          data-inlay-part="add-step-menu"
          data-sheet
          aria-label={t('add.title')}
          side="right"
          align="start"
          alignOffset={-60}
          sideOffset={10}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            // The plus stays where the person was; Radix knows no trigger to return to.
            event.preventDefault()
            if (document.activeElement === document.body) anchorRef.current.focus({ preventScroll: true })
          }}
        >
          <ChoiceList connectors={connectors} onChoose={onChoose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function ChoiceList({ connectors, onChoose }: Pick<AddStepMenuProps, 'connectors' | 'onChoose'>) {
  const t = useTexts()
  const id = useId()
  const [search, setSearch] = useState('')
  const [active, setActive] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const all = useMemo(() => listChoices(connectors, t), [connectors, t])
  const shown = useMemo(() => all.filter((choice) => matches(choice, search)), [all, search])
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const onKeyDown = (event: KeyboardEvent) => {
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const choice = shown[active]
    if (move !== 0) setActive((index) => (index + move + shown.length) % Math.max(shown.length, 1))
    else if (event.key === 'Enter' && choice !== undefined) onChoose(choice.step)
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className={styles['search']}>
        <SearchInput
          value={search}
          placeholder={t('add.search')}
          aria-label={t('add.search')}
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={`${id}-${active}`}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setSearch(event.target.value)
            setActive(0)
          }}
        />
      </div>
      <div ref={list} id={id} role="listbox" aria-label={t('add.title')} className={styles['list']} tabIndex={-1}>
        {shown.map((choice, index) => (
          <ChoiceRow
            key={choice.id}
            choice={choice}
            rowId={`${id}-${index}`}
            index={index}
            isActive={index === active}
            startsGroup={choice.group !== shown[index - 1]?.group}
            onChoose={onChoose}
            onHover={setActive}
          />
        ))}
        {shown.length === 0 && <p className={styles['none']}>{t('add.none', { search })}</p>}
      </div>
    </>
  )
}

interface ChoiceRowProps {
  readonly choice: Choice
  readonly rowId: string
  readonly index: number
  readonly isActive: boolean
  readonly startsGroup: boolean
  readonly onChoose: (step: NewStep) => void
  readonly onHover: (index: number) => void
}

function ChoiceRow({ choice, rowId, index, isActive, startsGroup, onChoose, onHover }: ChoiceRowProps) {
  const { step } = choice
  return (
    <>
      {startsGroup && <div className={styles['group']}>{choice.group}</div>}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the search field, which keeps the focus */}
      <div
        id={rowId}
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        data-index={index}
        data-choice={choice.id}
        className={styles['choice']}
        onClick={() => onChoose(step)}
        onPointerMove={() => onHover(index)}
      >
        {step.type === 'action' ? (
          <ConnectorIcon connector={choice.connector} size={30} />
        ) : (
          <LogicIcon kind={step.kind} size={30} />
        )}
        <span className={styles['words']}>
          <span className={styles['title']}>{choice.title}</span>
          <span className={styles['description']}>{choice.description}</span>
        </span>
      </div>
    </>
  )
}

function listChoices(connectors: readonly ConnectorSummary[], t: Texts): readonly Choice[] {
  const actions = connectors.flatMap((connector) =>
    connector.actions.map(
      (action): Choice => ({
        id: `${connector.id}.${action.id}`,
        group: connector.name,
        title: action.name,
        description: action.description,
        connector,
        // Defaults of a schema are plain JSON by its own rules.
        step: {
          type: 'action',
          connector: connector.id,
          action: action.id,
          input: schemaDefaults(action.inputSchema) as JsonObject,
        },
      }),
    ),
  )
  return [...actions, ...logicChoices(t)]
}

function logicChoices(t: Texts): readonly Choice[] {
  // Object.keys loses the key type that LOGIC_GROUPS has.
  const groups = Object.keys(LOGIC_GROUPS) as (keyof typeof LOGIC_GROUPS)[]
  return groups.flatMap((group) =>
    LOGIC_GROUPS[group].map(
      (kind): Choice => ({
        id: kind,
        group: t(`add.${group}`),
        title: t(`step.${kind}`),
        description: t(`step.${kind}.text`),
        connector: undefined,
        step: { type: 'logic', kind },
      }),
    ),
  )
}

function matches(choice: Choice, search: string): boolean {
  const text = `${choice.group} ${choice.title} ${choice.description}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
