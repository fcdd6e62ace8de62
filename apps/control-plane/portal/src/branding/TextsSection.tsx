import {
  Button,
  EmptyState,
  ENGLISH,
  Field,
  Input,
  LOCALES,
  type MessageKey,
  SearchInput,
  Select,
} from '@inlay/embed-ui/ui'
import { SearchX } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type Brand, type ChangeBrand, type OwnText, withText } from './brand.js'
import { languageName } from './languages.js'
import { missingPlaces } from './missing-places.js'

interface TextsSectionProps {
  readonly brand: Brand
  readonly onChange: ChangeBrand
}

const SHOWN = 30
/** ENGLISH is a plain record: its keys are the message keys. */
const KEYS = Object.keys(ENGLISH) as readonly MessageKey[]

/** Own words for single texts, language by language. */
export function TextsSection({ brand, onChange }: TextsSectionProps) {
  const languages = useMemo(() => [...new Set([...LOCALES, ...Object.keys(brand.texts)])], [brand.texts])
  const [language, setLanguage] = useState<string>(languages[0] ?? 'en')
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(SHOWN)
  const own = brand.texts[language] ?? {}
  const found = useMemo(() => findKeys(search, own), [search, own])
  const setText = (key: string, text: OwnText | undefined): void => onChange(withText(brand, { language, key, text }))
  return (
    <>
      <div className="filters">
        <Select
          aria-label="Language"
          options={languages.map((each) => ({ value: each, label: languageName(each) }))}
          value={language}
          onValueChange={setLanguage}
        />
        <SearchInput
          aria-label="Search texts"
          placeholder="Search texts"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value)
            setShown(SHOWN)
          }}
        />
      </div>
      <p className="muted" role="status">
        {found.length === KEYS.length ? `${KEYS.length} texts.` : `${found.length} of ${KEYS.length} texts.`} What is
        between braces is filled in; leave a field empty for the usual words.
      </p>
      {found.length === 0 && <EmptyState icon={<SearchX />} title="No text matches" text="Search for a part of it." />}
      <div className="texts">
        {found.slice(0, shown).map((key) => (
          <TextRow key={`${language} ${key}`} name={key} own={own[key]} onChange={(text) => setText(key, text)} />
        ))}
      </div>
      {found.length > shown && (
        <div className="more">
          <Button onClick={() => setShown(shown + SHOWN)}>Show more</Button>
        </div>
      )}
    </>
  )
}

/** Those with own words first. */
function findKeys(search: string, own: Readonly<Record<string, unknown>>): readonly MessageKey[] {
  const words = search.toLowerCase().trim()
  const matches = (key: MessageKey): boolean =>
    words === '' ||
    `${key} ${JSON.stringify(ENGLISH[key])} ${JSON.stringify(own[key] ?? '')}`.toLowerCase().includes(words)
  const found = KEYS.filter(matches)
  return [...found.filter((key) => key in own), ...found.filter((key) => !(key in own))]
}

type Forms = Readonly<Record<string, string | undefined>>

interface TextRowProps {
  readonly name: MessageKey
  readonly own: OwnText | undefined
  readonly onChange: (text: OwnText | undefined) => void
}

function TextRow({ name, own, onChange }: TextRowProps) {
  const english: string | Forms = ENGLISH[name]
  if (typeof english === 'string') {
    const text = typeof own === 'string' ? own : ''
    return (
      <TextField
        label={english}
        note={name}
        text={text}
        english={english}
        onChange={(next) => onChange(next === '' ? undefined : next)}
      />
    )
  }
  const forms: Forms = typeof own === 'object' ? own : {}
  // The English forms are the ones that every language has at least.
  return Object.entries(english).map(([form, words]) => (
    <TextField
      key={form}
      label={words ?? ''}
      note={`${name}, ${form === 'one' ? 'for one' : 'for several'}`}
      text={forms[form] ?? ''}
      english={words ?? ''}
      onChange={(next) => {
        const { [form]: _before, ...others } = forms
        const changed = next === '' ? others : { ...others, [form]: next }
        // A text that counts needs the form for all else; the keys are plural forms, as in the English text.
        const whole = { other: english['other'], ...changed } as OwnText
        onChange(Object.keys(changed).length === 0 ? undefined : whole)
      }}
    />
  ))
}

interface TextFieldProps {
  readonly label: string
  readonly note: string
  readonly text: string
  readonly english: string
  readonly onChange: (text: string) => void
}

function TextField({ label, note, text, english, onChange }: TextFieldProps) {
  const missing = text === '' ? [] : missingPlaces(english, text)
  return (
    <Field
      label={label}
      help={<code>{note}</code>}
      {...(missing.length === 0
        ? {}
        : { error: `It does not say ${missing.map((each) => `{${each}}`).join(' or ')}.` })}
    >
      <Input value={text} placeholder={english} maxLength={1000} onChange={(event) => onChange(event.target.value)} />
    </Field>
  )
}
