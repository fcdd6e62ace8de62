import { useCallback } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { useToast } from '../ui/Toast.js'

/** Copies a text and says so. @returns a function of the text and of what is said */
export function useCopy(): (text: string, said?: string) => void {
  const t = useTexts()
  const toast = useToast()
  return useCallback(
    (text, said) => {
      // Pages without HTTPS have no clipboard at all.
      Promise.resolve()
        .then(() => navigator.clipboard.writeText(text))
        .then(
          () => toast({ tone: 'success', title: said ?? t('share.copied') }),
          () => toast({ tone: 'danger', title: t('share.failed') }),
        )
    },
    [t, toast],
  )
}
