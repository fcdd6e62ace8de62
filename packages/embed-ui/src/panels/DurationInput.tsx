import { useEffect, useState } from 'react'
import { numberToText, textToNumberIn } from '../forms/number-text.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { Input, Select } from '../ui/Input.js'
import { DURATION_UNITS, type DurationUnit, readDuration } from './duration.js'
import styles from './panels.module.css'

export interface DurationInputProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
}

/** A duration as a number, written as people of the language write it, and a unit. What is no number stays as it is. */
export function DurationInput({ value, onChange, placeholder }: DurationInputProps) {
  const t = useTexts()
  const locale = useLocale()
  const { amount, unit } = readDuration(value)
  const [text, setText] = useState(() => shownAmount(amount, locale))
  useEffect(() => {
    setText((typed) => (storedAmount(typed, locale) === amount ? typed : shownAmount(amount, locale)))
  }, [amount, locale])
  const change = (next: string, nextUnit: DurationUnit) => {
    const stored = storedAmount(next, locale)
    onChange(stored === '' ? '' : `${stored}${nextUnit}`)
  }
  return (
    <div className={styles['pair']}>
      <Input
        inputMode="decimal"
        value={text}
        {...(placeholder === undefined ? {} : { placeholder })}
        onChange={({ target }) => {
          setText(target.value)
          change(target.value, unit)
        }}
        onBlur={() => setText(shownAmount(amount, locale))}
      />
      <Select
        id=""
        aria-label={t('duration.unit')}
        value={unit}
        options={DURATION_UNITS.map((each) => ({ value: each, label: t(`duration.${each}`) }))}
        onValueChange={(next) => change(text, DURATION_UNITS.find((each) => each === next) ?? unit)}
      />
    </div>
  )
}

function shownAmount(amount: string, locale: string): string {
  return /^\d+(\.\d+)?$/.test(amount) ? numberToText(Number(amount), locale) : amount
}

function storedAmount(text: string, locale: string): string {
  const read = textToNumberIn(text, locale)
  return typeof read === 'number' ? String(read) : text.trim()
}
