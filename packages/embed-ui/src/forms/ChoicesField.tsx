import type { JsonValue } from '@inlay/engine'
import { useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { matchesSearch } from '../search/folded-text.js'
import { SearchInput } from '../ui/Input.js'
import { Checkbox } from '../ui/Toggle.js'
import { choiceLabel } from './choice-label.js'
import styles from './SchemaForm.module.css'

export interface ChoicesFieldProps {
  readonly choices: readonly (string | number | boolean)[]
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
}

/** From so many choices on they can be searched. */
const SEARCHED_FROM = 10

/** Several of a known set, kept in the order of the set. What was stored besides stays until it is taken away. */
export function ChoicesField({ choices, value, onChange }: ChoicesFieldProps) {
  const t = useTexts()
  const [search, setSearch] = useState('')
  // What Array.isArray admits of JSON is a list of JSON values.
  const chosen = Array.isArray(value) ? (value as readonly JsonValue[]) : []
  const unknown = chosen.filter((each) => !choices.some((choice) => Object.is(choice, each)))
  const shown = choices.filter((choice) => matchesSearch(search, [choiceLabel(choice)]))
  const toggle = (choice: JsonValue, isOn: boolean) => {
    const known = choices.filter((each) => (Object.is(each, choice) ? isOn : chosen.includes(each)))
    const next = [...known, ...unknown.filter((each) => isOn || !Object.is(each, choice))]
    onChange(next.length === 0 ? undefined : next)
  }
  return (
    <div className={styles['choices']}>
      {choices.length >= SEARCHED_FROM && (
        <SearchInput value={search} onChange={({ target }) => setSearch(target.value)} />
      )}
      <div className={styles['choiceList']}>
        {shown.map((choice) => (
          <Checkbox
            key={String(choice)}
            isOn={chosen.includes(choice)}
            label={choiceLabel(choice)}
            onChange={(isOn) => toggle(choice, isOn)}
          />
        ))}
        {unknown.map((each) => (
          <Checkbox
            key={JSON.stringify(each)}
            isOn
            label={t('form.unknownChoice', { value: String(each) })}
            onChange={(isOn) => toggle(each, isOn)}
          />
        ))}
        {shown.length === 0 && <p className={styles['none']}>{t('ui.noMatches')}</p>}
      </div>
    </div>
  )
}
