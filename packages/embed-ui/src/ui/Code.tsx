import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from './Button.js'
import styles from './Layout.module.css'
import { useToast } from './Toast.js'

const SHOWN_MS = 1_600

/** Copies a text to the clipboard and says so. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const t = useTexts()
  const toast = useToast()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      setTimeout(() => setCopied(false), SHOWN_MS)
    } catch {
      toast({ tone: 'danger', title: t('ui.errorTitle'), detail: t('share.failed') })
    }
  }
  return (
    <IconButton label={isCopied ? t('ui.copied') : (label ?? t('ui.copy'))} size="small" onClick={() => void copy()}>
      {isCopied ? <Check size={14} /> : <Copy size={14} />}
    </IconButton>
  )
}

/** A block of code or data with a copy button. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div className={styles['code']} dir="ltr" data-inlay-part="code">
      <section
        className={styles['codeScroll']}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <pre>{code}</pre>
      </section>
      <div className={styles['codeCopy']}>
        <CopyButton text={code} />
      </div>
    </div>
  )
}
