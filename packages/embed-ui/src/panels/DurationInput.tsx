import { useTexts } from '../messages/useTexts.js'
import { Input, Select } from '../ui/Input.js'
import { DURATION_UNITS, splitDuration } from './duration.js'
import styles from './panels.module.css'

export interface DurationInputProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
}

/** A duration as a number and a unit. Anything else that is stored is shown as it is. */
export function DurationInput({ value, onChange, placeholder }: DurationInputProps) {
  const t = useTexts()
  const parts = splitDuration(value)
  const unit = parts?.unit ?? /[a-z]+$/.exec(value)?.[0] ?? 's'
  const knownUnit = DURATION_UNITS.find((each) => each === unit) ?? 's'
  const amount = parts?.amount ?? value.replace(/[a-z]+$/, '')
  return (
    <div className={styles['pair']}>
      <Input
        inputMode="decimal"
        value={amount}
        {...(placeholder === undefined ? {} : { placeholder })}
        onChange={(event) =>
          onChange(event.target.value.trim() === '' ? '' : `${event.target.value.trim()}${knownUnit}`)
        }
      />
      <Select
        id=""
        aria-label={t('duration.unit')}
        value={knownUnit}
        options={DURATION_UNITS.map((each) => ({ value: each, label: t(`duration.${each}`) }))}
        onValueChange={(next) => onChange(`${amount}${next}`)}
      />
    </div>
  )
}
