import { Command } from 'cmdk'
import { ChevronsDownUp, FlaskConical, Keyboard, List, Plus, Redo2, Rocket, Search, Undo2 } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { StepIcon } from '../canvas/ConnectorIcon.js'
import { foldAll, unfold, useCanvasState } from '../canvas/canvas-store.js'
import { LOGIC_ICONS } from '../canvas/step-looks.js'
import { newStepId } from '../document/edit.js'
import { insertStep, placeAfter } from '../document/move-steps.js'
import { idWords, LOGIC_GROUPS, makeStep } from '../document/new-step.js'
import { type FoundStep, findStep, isBlock, walkSteps } from '../document/sequences.js'
import type { LogicKind } from '../document/step-types.js'
import type { RoomKeys } from '../editor/room-keys.js'
import { runCommand } from '../editor/step-commands.js'
import { present } from '../editor/workbench.js'
import { useTexts } from '../messages/useTexts.js'
import { foldedText, matchesSearch } from '../search/folded-text.js'
import { Dialog } from '../ui/Dialog.js'
import styles from './command-menu.module.css'
import { chordText } from './match-shortcut.js'
import { type ShortcutId, shortcut } from './shortcut-table.js'

export interface CommandMenuProps {
  readonly keys: RoomKeys
  readonly onClose: () => void
}

/** Everything that can be done and every step, found by typing. */
export function CommandMenu({ keys, onClose }: CommandMenuProps) {
  const t = useTexts()
  return (
    <Dialog isOpen onClose={onClose} width="medium" title={t('commands.title')}>
      <Command className={styles['menu']} label={t('commands.title')} filter={fits} loop>
        <Command.Input className={styles['input']} placeholder={t('commands.search')} />
        <Command.List className={styles['list']}>
          <Command.Empty className={styles['empty']}>{t('ui.noMatches')}</Command.Empty>
          <Actions keys={keys} onClose={onClose} />
          <Steps keys={keys} onClose={onClose} />
          {!keys.isReadOnly && <NewSteps keys={keys} onClose={onClose} />}
        </Command.List>
      </Command>
    </Dialog>
  )
}

/** How well a row fits a search: one whose own name begins with it comes first. */
function fits(_value: string, search: string, [label = '', ...words]: readonly string[] = []): number {
  if (!matchesSearch(search, [label, ...words])) return 0
  if (foldedText(label).startsWith(foldedText(search.trim()))) return 1
  return matchesSearch(search, [label]) ? 0.8 : 0.5
}

interface RowProps {
  readonly id: string
  readonly label: string
  readonly words?: readonly string[]
  readonly shortcut?: ShortcutId
  readonly icon?: ReactNode
  readonly onSelect: () => void
}

function Row({ id, label, words = [], shortcut: keys, icon, onSelect }: RowProps) {
  const t = useTexts()
  const [first] = keys === undefined ? [] : shortcut(keys).keys
  return (
    <Command.Item className={styles['row']} value={id} keywords={[label, ...words]} onSelect={onSelect}>
      <span className={styles['icon']}>{icon}</span>
      <span className={styles['label']}>{label}</span>
      {first !== undefined && <kbd>{chordText(first, t)}</kbd>}
    </Command.Item>
  )
}

/** What is chosen happens when the dialog has given the focus back. */
function useAfterClose(onClose: () => void) {
  return (action: () => void) => () => {
    onClose()
    requestAnimationFrame(() => requestAnimationFrame(action))
  }
}

function Actions({ keys, onClose }: CommandMenuProps) {
  const t = useTexts()
  const { bench, isReadOnly, onTest, onPublish } = keys
  const after = useAfterClose(onClose)
  const row = (id: ShortcutId, label: string, icon: ReactNode, action: () => void) => (
    <Row id={id} label={label} icon={icon} shortcut={id} onSelect={after(action)} />
  )
  return (
    <Command.Group heading={t('commands.actions')} className={styles['group']}>
      {onTest !== undefined && (
        <Row id="test" label={t('toolbar.test')} icon={<FlaskConical size={16} />} onSelect={after(onTest)} />
      )}
      {onPublish !== undefined && (
        <Row id="publish" label={t('toolbar.publish')} icon={<Rocket size={16} />} onSelect={after(onPublish)} />
      )}
      {!isReadOnly && row('undo', t('toolbar.undo'), <Undo2 size={16} />, bench.builder.undo)}
      {!isReadOnly && row('redo', t('toolbar.redo'), <Redo2 size={16} />, bench.builder.redo)}
      {row('search', t('keys.search'), <Search size={16} />, () => bench.canvas.setState({ search: '' }))}
      <ViewActions keys={keys} onClose={onClose} />
      {row('shortcuts', t('keys.title'), <Keyboard size={16} />, keys.openShortcuts)}
    </Command.Group>
  )
}

function ViewActions({ keys: { bench, toggleOutline }, onClose }: CommandMenuProps) {
  const t = useTexts()
  const after = useAfterClose(onClose)
  const isOutline = useCanvasState(({ shownMode }) => shownMode === 'outline')
  const isAnyFolded = useCanvasState(({ collapsed }) => collapsed.size > 0)
  const hasBlocks = present(bench).steps.some(isBlock)
  return (
    <>
      <Row
        id="outline"
        label={t(isOutline ? 'outline.showCanvas' : 'outline.show')}
        icon={<List size={16} />}
        shortcut="outline"
        onSelect={after(toggleOutline)}
      />
      {hasBlocks && (
        <Row
          id="foldAll"
          label={t(isAnyFolded ? 'canvas.unfoldAll' : 'canvas.foldAll')}
          icon={<ChevronsDownUp size={16} />}
          shortcut="foldAll"
          onSelect={after(() => foldAll(bench.canvas, present(bench)))}
        />
      )}
    </>
  )
}

function Steps({ keys: { bench, view }, onClose }: CommandMenuProps) {
  const t = useTexts()
  const goTo = ({ step, ancestors }: FoundStep) => {
    onClose()
    unfold(bench.canvas, ancestors)
    bench.builder.select(step.id)
    bench.focus(step.id)
  }
  return (
    <Command.Group heading={t('commands.goTo')} className={styles['group']}>
      {[...walkSteps(present(bench))].map((found) => (
        <Row
          key={found.step.id}
          id={`step ${found.step.id}`}
          label={bench.titleOf(found.step)}
          words={[found.step.id]}
          icon={<StepIcon step={found.step} connectors={view.connectors} />}
          onSelect={() => goTo(found)}
        />
      ))}
    </Command.Group>
  )
}

function NewSteps({ keys: { bench }, onClose }: CommandMenuProps) {
  const t = useTexts()
  // What is selected once the menu is open stays selected behind it.
  const afterId = useRef(bench.builder.store.getState().selectedId ?? undefined).current
  const add = (kind: LogicKind) => {
    onClose()
    const definition = present(bench)
    const wanted = { type: 'logic', kind } as const
    const id = newStepId(definition, idWords(wanted))
    const place = placeAfter(definition, afterId)
    bench.builder.edit((old) => insertStep(old, place, makeStep(wanted, id)), { select: id, isFresh: true })
    bench.focus(id)
  }
  const addAny = () => {
    onClose()
    const last = afterId ?? present(bench).steps.at(-1)?.id
    requestAnimationFrame(() => {
      if (last !== undefined && findStep(present(bench), last) !== undefined) runCommand(bench, 'addAfter', last)
      else bench.openAdd(placeAfter(present(bench), undefined))
    })
  }
  return (
    <Command.Group heading={t('add.title')} className={styles['group']}>
      <Row id="add" icon={<Plus size={16} aria-hidden="true" />} label={t('commands.addApp')} onSelect={addAny} />
      {Object.values(LOGIC_GROUPS)
        .flat()
        .map((kind) => {
          const Icon = LOGIC_ICONS[kind]
          return (
            <Row
              key={kind}
              id={`add ${kind}`}
              label={t(`step.${kind}`)}
              words={[t(`step.${kind}.text`)]}
              icon={<Icon size={15} aria-hidden="true" />}
              onSelect={() => add(kind)}
            />
          )
        })}
    </Command.Group>
  )
}
