import { PencilLine, SquareFunction } from 'lucide-react'
import { IconButton } from '../ui/Button.js'

export interface ModeButtonProps {
  /** What the button does to which field. */
  readonly label: string
  readonly isExpression: boolean
  /** @default false */
  readonly isDisabled?: boolean
  readonly onClick: () => void
}

/** Switches a field between a value and an expression: the same button wherever there is something to switch. */
export function ModeButton({ label, isExpression, isDisabled = false, onClick }: ModeButtonProps) {
  return (
    <IconButton size="small" label={label} aria-pressed={isExpression} disabled={isDisabled} onClick={onClick}>
      {isExpression ? <PencilLine size={14} /> : <SquareFunction size={15} />}
    </IconButton>
  )
}
