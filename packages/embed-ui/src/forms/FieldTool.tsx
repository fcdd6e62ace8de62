import type { ReactNode, RefObject } from 'react'
import { Popover } from '../ui/Popover.js'

export interface FieldToolProps {
  readonly label: string
  /** What it opens is called so. @default the label */
  readonly title?: string
  readonly icon: ReactNode
  readonly className: string | undefined
  /** The field, beside which it opens. */
  readonly anchor: RefObject<HTMLDivElement | null>
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly children: ReactNode
}

/** A small button inside a field, and what it opens beside it. */
export function FieldTool({ label, icon, className, isOpen, onOpenChange, ...props }: FieldToolProps) {
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      label={props.title ?? label}
      side="left"
      anchor={props.anchor}
      trigger={
        <button
          type="button"
          className={className}
          aria-label={label}
          title={label}
          aria-expanded={isOpen}
          onClick={() => onOpenChange(!isOpen)}
        >
          {icon}
        </button>
      }
    >
      {props.children}
    </Popover>
  )
}
