import { HELPERS, type Helper, type HelperFamily } from '@inlay/engine/expression'
import { useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { matchesSearch } from '../search/folded-text.js'
import { SearchInput } from '../ui/Input.js'
import styles from './Expression.module.css'

export interface FunctionHelpProps {
  /** Called with the call as it is written, for example `round(`. */
  readonly onInsert: (text: string) => void
}

/** Every function that expressions know, by group, with an example: the engine's own catalogue. */
export function FunctionHelp({ onInsert }: FunctionHelpProps) {
  const t = useTexts()
  const [search, setSearch] = useState('')
  const families = byFamily(search)
  return (
    <div className={styles['functions']} data-inlay-part="function-help">
      <div className={styles['functionSearch']}>
        <SearchInput
          value={search}
          placeholder={t('expression.searchFunctions')}
          aria-label={t('expression.searchFunctions')}
          onChange={({ target }) => setSearch(target.value)}
        />
      </div>
      <div className={styles['functionList']}>
        {families.map(([family, helpers]) => (
          <section key={family} aria-label={t(`expression.family.${family}`)}>
            <h3 className={styles['family']}>{t(`expression.family.${family}`)}</h3>
            {helpers.map((helper) => (
              <FunctionRow key={helper.name} helper={helper} onInsert={onInsert} />
            ))}
          </section>
        ))}
        {families.length === 0 && <p className={styles['none']}>{t('ui.noMatches')}</p>}
      </div>
    </div>
  )
}

interface FunctionRowProps extends FunctionHelpProps {
  readonly helper: Helper
}

function FunctionRow({ helper, onInsert }: FunctionRowProps) {
  const { name, signature, description, example } = helper
  return (
    <button type="button" className={styles['function']} onClick={() => onInsert(`${name}(`)}>
      <code className={styles['signature']} dir="ltr">
        {signature}
      </code>
      <span lang="en" dir="ltr">
        {description}
      </span>
      <code className={styles['example']} dir="ltr">
        {example}
      </code>
    </button>
  )
}

function byFamily(search: string): readonly (readonly [HelperFamily, readonly Helper[]])[] {
  const found = HELPERS.filter(({ name, description }) => matchesSearch(search, [name, description]))
  const families = [...new Set(found.map(({ family }) => family))]
  return families.map((family) => [family, found.filter((helper) => helper.family === family)])
}
