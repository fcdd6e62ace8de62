import { CircleAlert, CircleCheck, X } from 'lucide-react'
import {
  createContext,
  type FocusEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from './Button.js'
import styles from './Feedback.module.css'
import { giveBackFocus } from './focus.js'

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
  const list = useRef<HTMLDivElement>(null)
  const newestId = toasts.at(-1)?.id
  useEffect(() => {
    if (newestId !== undefined && list.current !== null) raise(list.current)
  }, [newestId])
  return (
    <div
      ref={list}
      className={styles['toasts']}
      popover="manual"
      role="status"
      aria-live="polite"
      data-inlay-part="toasts"
    >
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} onDismiss={() => onDismiss(toast.id)} />
      ))}
    </div>
  )
}

/** A dialog lies in the browser's top layer, and what is not there behind it: whoever came last is in front. */
function raise(list: HTMLElement): void {
  // Absent in test DOMs without a top layer.
  if (list.showPopover === undefined || !list.isConnected) return
  const isShown = list.matches(':popover-open')
  const isBehind = list.closest('[data-inlay-part="root"]')?.querySelector('dialog[open]') != null
  if (isShown && !isBehind) return
  list.hidePopover()
  list.showPopover()
}

interface ToastProps {
  readonly toast: ShownToast
  readonly onDismiss: () => void
}

function Toast({ toast, onDismiss }: ToastProps) {
  const t = useTexts()
  const { tone, title, detail, action } = toast
  const { hold, before } = useLeaving(toastMs(toast), onDismiss)
  // Who reached into the toast goes on from where they were.
  const leave = () => {
    onDismiss()
    requestAnimationFrame(() => giveBackFocus(before.current))
  }
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
            leave()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={t('ui.close')} size="small" onClick={leave}>
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
  const before = useRef<HTMLElement>(null)
  const onFocus = ({ relatedTarget, currentTarget }: FocusEvent) => {
    setHasFocus(true)
    const isFromElsewhere = relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)
    if (isFromElsewhere) before.current = relatedTarget
  }
  const hold = {
    onFocus,
    onBlur: () => setHasFocus(false),
    onPointerEnter: () => setPointedAt(true),
    onPointerLeave: () => setPointedAt(false),
  }
  return { hold, before }
}
