import type { HTMLAttributes } from 'react'
import styles from './VisuallyHidden.module.css'

export interface VisuallyHiddenProps extends Omit<HTMLAttributes<HTMLElement>, 'className'> {
  /** A paragraph for live regions, a `div` around other blocks. @default 'span' */
  readonly as?: 'span' | 'p' | 'div'
}

/** What only screen readers say. */
export function VisuallyHidden({ as: Tag = 'span', ...props }: VisuallyHiddenProps) {
  return <Tag className={styles['hidden']} {...props} />
}
