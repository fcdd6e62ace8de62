import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from './Button.js'
import styles from './Feedback.module.css'

export interface ToastContent {
  readonly tone: 'success' | 'danger'
  readonly title: string
  readonly detail?: string | undefined
  /** What can be done about it. */
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined
}

interface ShownToast extends ToastContent {
  readonly id: number
}

const ToastContext = createContext<(toast: ToastContent) => void>(() => {})

const SUCCESS_MS = 4_000
const DANGER_MS = 10_000
/** With a button there is more to read, and something to reach. */
const ACTION_MS = 10_000
const MOST_AT_ONCE = 3

/** Shows a short message at the edge of the page that goes away by itself. */
export function useToast(): (toast: ToastContent) => void {
  return useContext(ToastContext)
}

/** Holds the toasts of a root. `InlayTheme` brings one. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([])
  const nextId = useRef(0)
  const dismiss = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), [])
  const show = useCallback(
    (toast: ToastContent) => {
      const id = nextId.current++
      setToasts((shown) => [...shown.slice(1 - MOST_AT_ONCE), { ...toast, id }])
      setTimeout(() => dismiss(id), toastMs(toast))
    },
    [dismiss],
  )
  const list = useMemo(() => <ToastList toasts={toasts} onDismiss={dismiss} />, [toasts, dismiss])
  return (
    <ToastContext.Provider value={show}>
      {children}
      {list}
    </ToastContext.Provider>
  )
}

function toastMs({ tone, action }: ToastContent): number {
  if (action !== undefined) return ACTION_MS
  return tone === 'danger' ? DANGER_MS : SUCCESS_MS
}

interface ToastListProps {
  readonly toasts: readonly ShownToast[]
  readonly onDismiss: (id: number) => void
}

function ToastList({ toasts, onDismiss }: ToastListProps) {
  const t = useTexts()
  return (
    <div className={styles['toasts']} role="status" aria-live="polite" data-inlay-part="toasts">
      {toasts.map(({ id, tone, title, detail, action }) => (
        <div key={id} className={styles['toast']} data-tone={tone}>
          {tone === 'success' ? <CircleCheck size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />}
          <div className={styles['toastText']}>
            <div>{title}</div>
            {detail !== undefined && <div className={styles['toastDetail']}>{detail}</div>}
          </div>
          {action !== undefined && (
            <Button
              size="small"
              variant="ghost"
              onClick={() => {
                action.onSelect()
                onDismiss(id)
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton label={t('ui.close')} size="small" onClick={() => onDismiss(id)}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
    </div>
  )
}
