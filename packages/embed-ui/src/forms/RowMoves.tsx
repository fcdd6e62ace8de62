import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { Menu } from '../ui/Menu.js'

export interface RowMovesProps {
  readonly index: number
  readonly count: number
  readonly onMove: (to: number) => void
}

/** Moves an item of a list. Nothing where there is nothing to move past. */
export function RowMoves({ index, count, onMove }: RowMovesProps) {
  const t = useTexts()
  if (count < 2) return null
  return (
    <Menu
      items={[
        {
          id: 'up',
          label: t('form.moveUp'),
          icon: <ArrowUp size={14} />,
          isDisabled: index === 0,
          onSelect: () => onMove(index - 1),
        },
        {
          id: 'down',
          label: t('form.moveDown'),
          icon: <ArrowDown size={14} />,
          isDisabled: index === count - 1,
          onSelect: () => onMove(index + 1),
        },
      ]}
      trigger={
        <IconButton label={t('form.moveItem', { number: index + 1 })} size="small">
          <GripVertical size={14} />
        </IconButton>
      }
    />
  )
}

/** The list with one item at another place. */
export function moved<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const item = items[from]
  if (item === undefined || to < 0 || to >= items.length) return items
  const rest = items.toSpliced(from, 1)
  return rest.toSpliced(to, 0, item)
}
