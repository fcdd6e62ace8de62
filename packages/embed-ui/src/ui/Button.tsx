import { type ButtonHTMLAttributes, forwardRef, type MouseEvent, type ReactNode } from 'react'
import styles from './Button.module.css'
import { classNames } from './class-names.js'
import { Spinner } from './Spinner.js'
import { Tooltip } from './Tooltip.js'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** @default 'secondary' */
  readonly variant?: 'primary' | 'secondary' | 'ghost' | 'danger'
  /** @default 'medium' */
  readonly size?: 'small' | 'medium'
  /** Before the label. */
  readonly icon?: ReactNode
  /** Shows a spinner and ignores clicks. @default false */
  readonly isBusy?: boolean
}

/**
 * A busy button ignores people but keeps the focus, which a disabled one would lose to nowhere: who uses a keyboard goes on
 * from where they were. Cancelling the click also keeps its form from being sent.
 */
const BUSY = {
  'aria-busy': true,
  'aria-disabled': true,
  onClick: (event: MouseEvent) => event.preventDefault(),
  onPointerDown: undefined,
  onKeyDown: undefined,
} as const

/** A push button. `type` is `button` unless given. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(props, ref) {
  const { variant = 'secondary', size = 'medium', icon, isBusy = false, className, children, disabled, ...rest } = props
  return (
    <button
      ref={ref}
      type="button"
      data-inlay-part="button"
      data-variant={variant}
      data-size={size}
      disabled={disabled === true}
      className={classNames(styles['button'], className)}
      {...rest}
      {...(isBusy ? BUSY : {})}
    >
      {isBusy ? <Spinner size={14} /> : icon}
      {children !== undefined && <span className={styles['label']}>{children}</span>}
    </button>
  )
})

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  /** What the button does: its accessible name and tooltip. */
  readonly label: string
  readonly children: ReactNode
  /** A key combination shown in the tooltip. */
  readonly shortcut?: string
}

/** A square button with an icon and a tooltip. */
export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(props, ref) {
  const {
    label,
    shortcut,
    variant = 'ghost',
    size = 'medium',
    isBusy = false,
    className,
    children,
    disabled,
    ...rest
  } = props
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <button
        ref={ref}
        type="button"
        data-inlay-part="icon-button"
        data-variant={variant}
        data-size={size}
        aria-label={label}
        disabled={disabled === true}
        className={classNames(styles['button'], styles['square'], className)}
        {...rest}
        {...(isBusy ? BUSY : {})}
      >
        {children}
      </button>
    </Tooltip>
  )
})
