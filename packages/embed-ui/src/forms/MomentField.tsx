import type { JsonValue } from '@inlay/engine'
import { useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { Input } from '../ui/Input.js'
import { Switch } from '../ui/Toggle.js'
import { useFieldData } from './data-context.js'
import styles from './SchemaForm.module.css'
import { localZone, momentAt, wallTime } from './zone-time.js'

export interface MomentFieldProps {
  readonly value: JsonValue | undefined
  readonly onChange: (value: string | undefined) => void
}

/** The zone in which people think of the workflow: that of its schedule, else their own. */
function useZone(): string {
  const trigger = useFieldData()?.trigger
  return (trigger?.type === 'schedule' ? trigger.timeZone : undefined) ?? localZone()
}

interface PickerProps extends MomentFieldProps {
  /** Where no label of a field names it. */
  readonly label?: string | undefined
  readonly type: 'date' | 'time'
}

/** A day or a time of day, with the browser's picker. What is neither is typed. */
export function DayOrTimeField({ type, label, value, onChange }: PickerProps) {
  const text = typeof value === 'string' ? value : ''
  const isPickable = text === '' || (type === 'date' ? /^\d{4}-\d{2}-\d{2}$/ : /^\d{2}:\d{2}(:\d{2})?$/).test(text)
  return (
    <Input
      type={isPickable ? type : 'text'}
      aria-label={label}
      value={text}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    />
  )
}

export interface DateTimeFieldProps extends MomentFieldProps {
  readonly label: string
  /** Whether a day without a time will do. */
  readonly allowsDay: boolean
}

/** A moment, picked as the clock of the workflow's zone shows it. */
export function DateTimeField({ label, value, allowsDay, onChange }: DateTimeFieldProps) {
  const t = useTexts()
  const zone = useZone()
  const text = typeof value === 'string' ? value : ''
  const isDayOnly = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const [wantsDay, setWantsDay] = useState(isDayOnly)
  const wall = wallTime(text, zone)
  const isPickable = text === '' || wall !== undefined || (allowsDay && isDayOnly)
  const changeKind = (isDay: boolean) => {
    setWantsDay(isDay)
    if (text !== '') onChange(isDay ? (wall ?? text).slice(0, 10) : momentAt(`${text.slice(0, 10)}T09:00`, zone))
  }
  return (
    <div className={styles['moment']}>
      {!isPickable ? (
        <Input
          aria-label={label}
          value={text}
          onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
        />
      ) : wantsDay ? (
        <DayOrTimeField type="date" label={label} value={text} onChange={onChange} />
      ) : (
        <div className={styles['zoned']}>
          <Input
            type="datetime-local"
            aria-label={label}
            value={wall ?? ''}
            onChange={({ target }) => onChange(momentAt(target.value, zone))}
          />
          <span className={styles['zone']} title={t('form.zoneHelp', { zone })}>
            {zone.replaceAll('_', ' ')}
          </span>
        </div>
      )}
      {allowsDay && <Switch isOn={wantsDay} onChange={changeKind} label={t('form.wholeDay')} />}
    </div>
  )
}
