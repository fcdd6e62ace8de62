import { useEffect, useRef } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { useToast } from '../ui/Toast.js'
import { tellDone } from './workbench.js'

/** Says once that changes which a reload found unsaved are shown, and offers to take them away. */
export function useRestoredNotice(): void {
  const t = useTexts()
  const toast = useToast()
  const builder = useBuilder()
  const latest = useRef({ t, toast })
  latest.current = { t, toast }
  useEffect(() => {
    if (!builder.isRestored) return
    tellDone({ builder, ...latest.current }, { tone: 'success', title: latest.current.t('restored.title') })
  }, [builder])
}
