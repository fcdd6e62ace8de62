import { X } from 'lucide-react'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { useTexts } from '../messages/useTexts.js'
import { PortalContainer } from '../theme/portal-container.js'
import { Button, IconButton } from './Button.js'
import { focusedIn, giveBackFocus } from './focus.js'
import styles from './Overlay.module.css'
import { useScrollStop } from './useScrollStop.js'

export interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: ReactNode
  /** Buttons at the foot, the main one last. */
  readonly footer?: ReactNode
  /** @default 'medium' */
  readonly width?: 'small' | 'medium' | 'large'
  readonly children?: ReactNode
}

const FIRST_FOCUS =
  'form input, form textarea, textarea, input:not([type=hidden]), footer [data-variant=primary]:not(:disabled)'

/** A modal window in the browser's top layer: focus stays inside, Escape closes. */
export function Dialog({ isOpen, ...props }: DialogProps) {
  return isOpen ? <OpenDialog {...props} /> : null
}

function OpenDialog({ onClose, title, description, footer, width = 'medium', children }: Omit<DialogProps, 'isOpen'>) {
  const t = useTexts()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [portal, setPortal] = useState<HTMLElement | null>(null)
  useModal(dialog)
  const close = (event: SyntheticEvent) => {
    event.preventDefault()
    if (event.target === dialog.current) onClose()
  }
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      tabIndex={-1}
      data-width={width}
      data-inlay-part="dialog"
      aria-labelledby={titleId}
      onCancel={close}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Tab') keepFocusInside(event)
      }}
    >
      <PortalContainer value={portal}>
        <header className={styles['dialogHeader']}>
          <div>
            <h2 id={titleId} className={styles['dialogTitle']}>
              {title}
            </h2>
            {description !== undefined && <div className={styles['dialogDescription']}>{description}</div>}
          </div>
          <IconButton label={t('ui.close')} size="small" onClick={onClose}>
            <X size={16} />
          </IconButton>
        </header>
        {children !== undefined && <DialogBody>{children}</DialogBody>}
        {footer !== undefined && <footer className={styles['dialogFooter']}>{footer}</footer>}
      </PortalContainer>
      <div ref={setPortal} />
    </dialog>
  )
}

function DialogBody({ children }: { readonly children: ReactNode }) {
  const body = useRef<HTMLDivElement>(null)
  const isStop = useScrollStop(body)
  return (
    <div ref={body} className={styles['dialogBody']} {...(isStop ? { tabIndex: 0 } : {})}>
      {children}
    </div>
  )
}

/** Where the focus was before the dialog that has gone in this moment: one that follows it gives it back there. */
let handedOn: HTMLElement | null = null

/** Opens the dialog in the top layer, and gives the focus back when it goes. */
function useModal(dialog: RefObject<HTMLDialogElement | null>): void {
  useEffect(() => {
    const element = dialog.current
    if (element === null) return
    const focused = focusedIn(element)
    const before = focused === null || focused === element.ownerDocument.body ? handedOn : focused
    // Absent in test DOMs without a top layer.
    element.showModal?.()
    // The browser would choose the button that closes, and show its tooltip.
    ;(element.querySelector<HTMLElement>(FIRST_FOCUS) ?? element).focus()
    return () => {
      handedOn = before
      // React takes the dialog away without closing it, which is when the browser would give the focus back.
      requestAnimationFrame(() => {
        handedOn = null
        giveBackFocus(before)
      })
    }
  }, [dialog])
}

const FOCUSABLE = ':is(button, input, select, textarea, a[href], [tabindex="0"]):not(:disabled)'

/** The Tab key goes round inside: without it the focus leaves a frame for the page around, which knows of no dialog. */
function keepFocusInside(event: KeyboardEvent<HTMLDialogElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((each) => each.checkVisibility())
  const focused = focusedIn(event.currentTarget)
  const [edge, next] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]]
  const isAtEdge = focused === edge || (event.shiftKey && focused === event.currentTarget)
  if (!isAtEdge || next === undefined) return
  event.preventDefault()
  next.focus()
}

export interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
  readonly title: string
  readonly text: ReactNode
  readonly confirmLabel: string
  readonly isDanger?: boolean
  readonly isBusy?: boolean
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useTexts()
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      description={props.text}
      width="small"
      footer={
        <>
          <Button onClick={props.onClose}>{t('ui.cancel')}</Button>
          <Button
            variant={props.isDanger === true ? 'danger' : 'primary'}
            isBusy={props.isBusy === true}
            onClick={props.onConfirm}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    />
  )
}
