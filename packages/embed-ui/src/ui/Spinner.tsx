import { useTexts } from '../messages/useTexts.js'
import styles from './Feedback.module.css'

/** A turning ring. Decorative; say in words what is awaited where the wait is long. */
export function Spinner({ size = 18 }: { readonly size?: number }) {
  return (
    <svg className={styles['spinner']} width={size} height={size} viewBox="0 0 18 18" aria-hidden="true">
      <circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" strokeWidth="2" opacity="0.2" />
      <path d="M9 2a7 7 0 0 1 7 7" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}

/** Fills its place while something loads. */
export function LoadingState({ label }: { readonly label?: string }) {
  const t = useTexts()
  return (
    <div className={styles['loading']} role="status">
      <Spinner size={20} />
      <span>{label ?? t('ui.loading')}</span>
    </div>
  )
}
