import { useEffect, useRef } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { useToast } from '../ui/Toast.js'
import { undoAction } from './workbench.js'

/** Says once that changes which a reload found unsaved are shown, and offers to take them away. */
export function useRestoredNotice(): void {
  const t = useTexts()
  const toast = useToast()
  const builder = useBuilder()
  const latest = useRef({ t, toast })
  latest.current = { t, toast }
  useEffect(() => {
    if (!builder.isRestored) return
    const { t: text, toast: show } = latest.current
    show({ tone: 'success', title: text('restored.title'), action: undoAction({ builder, t: text }) })
  }, [builder])
}
