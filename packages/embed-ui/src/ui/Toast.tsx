import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
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

/** Shows a toast. @returns what takes it away at once */
export type ShowToast = (toast: ToastContent) => () => void

const ToastContext = createContext<ShowToast>(() => () => {})

const SUCCESS_MS = 4_000
const DANGER_MS = 10_000
/** With a button there is more to read, and something to reach. */
const ACTION_MS = 10_000
const MOST_AT_ONCE = 3

/** Shows a short message at the edge of the page that goes away by itself. */
export function useToast(): ShowToast {
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
      return () => dismiss(id)
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
  return (
    <div className={styles['toasts']} role="status" aria-live="polite" data-inlay-part="toasts">
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} onDismiss={() => onDismiss(toast.id)} />
      ))}
    </div>
  )
}

interface ToastProps {
  readonly toast: ShownToast
  readonly onDismiss: () => void
}

function Toast({ toast, onDismiss }: ToastProps) {
  const t = useTexts()
  const { tone, title, detail, action } = toast
  const hold = useLeaving(toastMs(toast), onDismiss)
  return (
    <div className={styles['toast']} data-tone={tone} {...hold}>
      {tone === 'success' ? <CircleCheck size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />}
      <div className={styles['toastText']}>
        <div dir="auto">{title}</div>
        {detail !== undefined && (
          <div className={styles['toastDetail']} dir="auto">
            {detail}
          </div>
        )}
      </div>
      {action !== undefined && (
        <Button
          size="small"
          variant="ghost"
          onClick={() => {
            action.onSelect()
            onDismiss()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={t('ui.close')} size="small" onClick={onDismiss}>
        <X size={14} />
      </IconButton>
    </div>
  )
}

/** Lets a toast go after a while, which begins anew when somebody no longer points at it or has the focus in it. */
function useLeaving(afterMs: number, onLeave: () => void) {
  const [isPointedAt, setPointedAt] = useState(false)
  const [hasFocus, setHasFocus] = useState(false)
  const isHeld = isPointedAt || hasFocus
  const latest = useRef(onLeave)
  latest.current = onLeave
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => latest.current(), afterMs)
    return () => clearTimeout(timer)
  }, [isHeld, afterMs])
  return {
    onPointerEnter: () => setPointedAt(true),
    onPointerLeave: () => setPointedAt(false),
    onFocus: () => setHasFocus(true),
    onBlur: () => setHasFocus(false),
  }
}
