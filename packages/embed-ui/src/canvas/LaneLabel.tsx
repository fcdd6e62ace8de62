import type { Step } from '@inlay/engine'
import { ArrowLeft, ArrowRight, ChevronDown, Pencil, Plus, SquarePen, Trash2 } from 'lucide-react'
import { forwardRef, type ReactNode, useState } from 'react'
import { type LaneCommand, laneCommands, laneName } from '../document/lanes.js'
import type { Slot } from '../document/sequences.js'
import { useDirection, useTexts } from '../messages/useTexts.js'
import { Menu, type MenuItem } from '../ui/Menu.js'
import { useCanvasView } from './canvas-view.js'
import styles from './nodes.module.css'
import { TitleEditor } from './TitleEditor.js'

export interface LaneLabelProps {
  readonly id: string
  readonly step: Step
  readonly slot: Slot
  readonly text: string
  /** Whether Tab stops at it. @default false */
  readonly isReachable?: boolean
}

/** The label of a lane: opens the lane's commands, or the step's form where there are none. */
export function LaneLabel({ id, step, slot, text, isReachable = false }: LaneLabelProps) {
  const t = useTexts()
  const view = useCanvasView()
  const [isRenaming, setIsRenaming] = useState(false)
  const { edit } = view
  const commands = edit === undefined ? [] : laneCommands(step, slot)
  if (isRenaming) {
    return (
      <span className={styles['laneEditor']}>
        <TitleEditor
          title={laneName(step, slot)}
          label={t('lane.rename')}
          placeholder={text}
          onDone={(name) => {
            setIsRenaming(false)
            if (name !== null) edit?.onRenameLane(step, slot, name)
          }}
        />
      </span>
    )
  }
  const face = { place: id, slot, text, isReachable }
  if (commands.length === 0) return <LaneButton {...face} onClick={() => view.onSelect(step.id)} />
  return (
    <Menu
      align="center"
      trigger={<LaneButton {...face} hasMenu />}
      items={[
        {
          id: 'open',
          label: t('lane.open'),
          icon: <SquarePen size={14} />,
          onSelect: () => view.onSelect(step.id),
        },
        ...commands.map((command) =>
          laneItem(command, t(laneText(command, slot)), () => {
            if (command === 'rename') setIsRenaming(true)
            else edit?.onLane(command, step, slot)
          }),
        ),
      ]}
    />
  )
}

interface LaneButtonProps extends Omit<LaneLabelProps, 'id' | 'step'> {
  /** Where the keyboard finds it. Not called `id`: a menu gives its trigger one. */
  readonly place: string
  /** @default false */
  readonly hasMenu?: boolean
  readonly onClick?: () => void
}

const LaneButton = forwardRef<HTMLButtonElement, LaneButtonProps>(function LaneButton(props, ref) {
  const { place, slot, text, isReachable, hasMenu = false, ...rest } = props
  return (
    <button
      ref={ref}
      type="button"
      className={styles['lane']}
      dir={useDirection()}
      data-inlay-part="lane"
      data-kind={slot.kind}
      data-nav={place}
      title={text}
      tabIndex={isReachable ? 0 : -1}
      {...rest}
    >
      <span>
        {text}
        {hasMenu && <ChevronDown size={12} aria-hidden="true" />}
      </span>
    </button>
  )
})

const ICONS: Readonly<Record<LaneCommand, ReactNode>> = {
  rename: <Pencil size={14} />,
  // Not mirrored: ways are drawn from left to right in every language.
  moveEarlier: <ArrowLeft size={14} />,
  moveLater: <ArrowRight size={14} />,
  add: <Plus size={14} />,
  delete: <Trash2 size={14} />,
}

function laneItem(command: LaneCommand, label: string, onSelect: () => void): MenuItem {
  const isDanger = command === 'delete'
  return { id: command, label, icon: ICONS[command], isDanger, startsGroup: isDanger || command === 'add', onSelect }
}

function laneText(command: LaneCommand, { kind }: Slot) {
  if (command !== 'add') return `lane.command.${command}` as const
  if (kind === 'variant') return 'lane.command.addVariant'
  return kind === 'branch' ? 'lane.command.addBranch' : 'lane.command.addCase'
}
