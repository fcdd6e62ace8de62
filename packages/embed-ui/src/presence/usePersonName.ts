import { useCallback } from 'react'
import type { Presence } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'

/** Gives what somebody who has the draft open is called here. */
export function usePersonName(): (person: Presence) => string {
  const t = useTexts()
  const { product } = useEditor()
  return useCallback(
    ({ self, name, isMember }) => {
      if (self === 'elsewhere') return t('presence.otherWindow')
      if (name !== null) return name
      return isMember ? t('presence.member', { product }) : t('presence.someone')
    },
    [t, product],
  )
}
