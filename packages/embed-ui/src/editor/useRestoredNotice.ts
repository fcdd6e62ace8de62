import { useEffect, useRef } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { useToast } from '../ui/Toast.js'

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
    const found = builder.store.getState().history.present
    show({
      tone: 'success',
      title: text('restored.title'),
      action: {
        label: text('toolbar.undo'),
        onSelect: () => {
          if (builder.store.getState().history.present === found) builder.undo()
        },
      },
    })
  }, [builder])
}
