import type { ReactNode } from 'react'
import { useFieldControl } from './Field.js'
import styles from './Field.module.css'

export interface ToggleProps {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  /** Beside the control; without it give `aria-label`. */
  readonly label?: ReactNode
  readonly disabled?: boolean
  /** While its last change is under way: it stays as it is and keeps the focus. @default false */
  readonly isBusy?: boolean
  readonly 'aria-label'?: string
}

/** An on/off switch that acts at once. */
export function Switch(props: ToggleProps) {
  const { isOn, onChange, label, disabled = false, isBusy = false, 'aria-label': ariaLabel } = props
  const control = useFieldControl()
  const button = (
    <button
      type="button"
      role="switch"
      data-inlay-part="switch"
      aria-checked={isOn}
      aria-label={ariaLabel}
      disabled={disabled}
      {...(isBusy ? { 'aria-busy': true, 'aria-disabled': true } : {})}
      className={styles['switch']}
      onClick={() => !isBusy && onChange(!isOn)}
      {...control}
    />
  )
  return label === undefined ? (
    button
  ) : (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control inside
    <label className={styles['switchRow']}>
      {button}
      <span>{label}</span>
    </label>
  )
}

/** A tick box. */
export function Checkbox(props: Omit<ToggleProps, 'isBusy'>) {
  const { isOn, onChange, label, disabled = false, 'aria-label': ariaLabel } = props
  const control = useFieldControl()
  return (
    <label className={styles['check']}>
      <input
        type="checkbox"
        data-inlay-part="checkbox"
        checked={isOn}
        disabled={disabled}
        aria-label={ariaLabel}
        onChange={(event) => onChange(event.target.checked)}
        {...control}
      />
      {label}
    </label>
  )
}
