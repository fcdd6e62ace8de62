import { useCallback, useEffect, useState } from 'react'
import { type LocaleName, nearestLocale } from '../messages/locales.js'
import { useLocale } from '../messages/useTexts.js'
import { type CronText, cronText, loadCronWords } from './cron-text.js'

/** Puts cron expressions in words of the widget's language; in English until those are fetched. */
export function useCronText(): (cron: string) => CronText {
  const wanted = nearestLocale(useLocale())
  const [language, setLanguage] = useState<LocaleName>('en')
  useEffect(() => {
    let isCurrent = true
    void loadCronWords(wanted).then((loaded) => {
      if (isCurrent) setLanguage(loaded)
    })
    return () => {
      isCurrent = false
    }
  }, [wanted])
  return useCallback((cron) => cronText(cron, language), [language])
}
