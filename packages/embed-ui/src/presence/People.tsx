import { AppWindow } from 'lucide-react'
import type { Presence } from '../data/api-types.js'
import { useTexts } from '../messages/useTexts.js'
import { Tooltip } from '../ui/Tooltip.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import styles from './presence.module.css'
import { usePersonName } from './usePersonName.js'

/** More than these are counted only. */
const SHOWN = 3
/** Colours of avatars, told apart by people who see few colours by their lightness. */
const COLORS = 5

/** The others who have the same workflow open. */
export function People({ people }: { readonly people: readonly Presence[] }) {
  const t = useTexts()
  const nameOf = usePersonName()
  const others = people.filter(({ self }) => self !== 'here')
  if (others.length === 0) return null
  const hidden = others.slice(SHOWN)
  return (
    <ul className={styles['people']} aria-label={t('presence.label')} data-inlay-part="presence">
      {others.slice(0, SHOWN).map((person) => (
        <Person
          key={person.id}
          name={nameOf(person)}
          mayEdit={person.mayEdit}
          isSelf={person.self !== null}
          color={colorOf(person.id)}
        />
      ))}
      {hidden.length > 0 && (
        <li>
          <Tooltip text={hidden.map(nameOf).join(', ')}>
            <button type="button" className={styles['person']} data-color="none">
              {t('presence.more', { count: hidden.length })}
            </button>
          </Tooltip>
        </li>
      )}
    </ul>
  )
}

interface PersonProps {
  readonly name: string
  readonly mayEdit: boolean
  /** Whether it is another window of whoever looks. */
  readonly isSelf: boolean
  readonly color: number
}

function Person({ name, mayEdit, isSelf, color }: PersonProps) {
  const t = useTexts()
  const text = isSelf ? name : t(mayEdit ? 'presence.edits' : 'presence.views', { name })
  return (
    <li>
      <Tooltip text={text}>
        <button type="button" className={styles['person']} data-color={color}>
          <span aria-hidden="true">{isSelf ? <AppWindow size={13} /> : initials(name)}</span>
          <VisuallyHidden>{text}</VisuallyHidden>
        </button>
      </Tooltip>
    </li>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  return picked.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('')
}

function colorOf(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997
  return sum % COLORS
}
