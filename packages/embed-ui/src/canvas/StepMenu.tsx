import type { Step } from '@inlay/engine'
import {
  ArrowDown,
  ArrowUp,
  ChevronsDownUp,
  ChevronsUpDown,
  ClipboardPaste,
  Copy,
  CopyPlus,
  Ellipsis,
  MoveRight,
  Pencil,
  Plus,
  Scissors,
  StickyNote,
  Trash2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { isBlock } from '../document/sequences.js'
import { type Texts, useTexts } from '../messages/useTexts.js'
import { chordText } from '../shortcuts/match-shortcut.js'
import { type ShortcutId, shortcut } from '../shortcuts/shortcut-table.js'
import { IconButton } from '../ui/Button.js'
import { Menu, type MenuItem } from '../ui/Menu.js'
import { useCanvasState } from './canvas-store.js'
import type { StepCommand } from './canvas-view.js'

export interface StepMenuProps {
  readonly step: Step
  readonly title: string
  readonly isOpen: boolean
  /** Whether Tab stops at it; on the canvas the card's context menu key opens it. @default false */
  readonly isReachable?: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly onCommand: (command: StepCommand, step: Step) => void
}

/** Left out: what a click on the card does, and what needs to be seen to make sense. */
type ListedCommand = Exclude<StepCommand, 'open' | 'moveLeft' | 'moveRight'>

/** Everything that can be done with a step, behind three dots. */
export function StepMenu({ step, title, isOpen, isReachable = false, onOpenChange, onCommand }: StepMenuProps) {
  const t = useTexts()
  const isFolded = useCanvasState(({ collapsed }) => collapsed.has(step.id))
  const item = (command: ListedCommand, icon: ReactNode, more: Partial<MenuItem> = {}): MenuItem => ({
    id: command,
    label: t(`menu.${command}`),
    icon,
    ...shortcutOf(command, t),
    onSelect: () => onCommand(command, step),
    ...more,
  })
  const fold = item('fold', isFolded ? <ChevronsUpDown size={14} /> : <ChevronsDownUp size={14} />, {
    label: t(isFolded ? 'menu.unfold' : 'menu.fold'),
  })
  const items: readonly MenuItem[] = [
    item('rename', <Pencil size={14} />),
    item('note', <StickyNote size={14} />, { label: t(step.note === undefined ? 'menu.note' : 'menu.editNote') }),
    ...(isBlock(step) ? [fold] : []),
    item('addAfter', <Plus size={14} />, { startsGroup: true }),
    item('duplicate', <CopyPlus size={14} />),
    item('copy', <Copy size={14} />, { startsGroup: true }),
    item('cut', <Scissors size={14} />),
    item('paste', <ClipboardPaste size={14} />),
    item('moveTo', <MoveRight size={14} data-mirror />, { startsGroup: true }),
    item('moveUp', <ArrowUp size={14} />),
    item('moveDown', <ArrowDown size={14} />),
    item('delete', <Trash2 size={14} />, { isDanger: true, startsGroup: true }),
  ]
  return (
    <Menu
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      trigger={
        <IconButton label={t('menu.actions', { name: title })} size="small" tabIndex={isReachable ? 0 : -1}>
          <Ellipsis size={16} />
        </IconButton>
      }
      items={items}
    />
  )
}

/** How a command is done by keyboard. */
export function shortcutOf(id: ShortcutId, t: Texts): { readonly shortcut?: string } {
  const [first] = shortcut(id).keys
  return first === undefined ? {} : { shortcut: chordText(first, t) }
}
