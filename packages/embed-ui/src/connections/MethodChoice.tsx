import { useId } from 'react'
import type { AuthSummary } from '../data/api-types.js'
import { useTexts } from '../messages/useTexts.js'
import { Field } from '../ui/Field.js'
import styles from './connections.module.css'

export interface MethodChoiceProps {
  readonly methods: readonly AuthSummary[]
  readonly value: string
  readonly onChange: (id: string) => void
}

/** The ways to connect that a connector offers; nothing to choose when there is one. */
export function MethodChoice({ methods, value, onChange }: MethodChoiceProps) {
  const t = useTexts()
  const name = useId()
  if (methods.length < 2) return null
  return (
    <Field label={t('connection.method')} isGroup>
      <div className={styles['methods']}>
        {methods.map((method) => (
          <label key={method.id} className={styles['method']}>
            <input
              type="radio"
              name={name}
              value={method.id}
              checked={method.id === value}
              onChange={() => onChange(method.id)}
            />
            <span className={styles['methodName']}>{method.name}</span>
            <span className={styles['methodText']}>{t(`connection.kind.${method.kind}`)}</span>
          </label>
        ))}
      </div>
    </Field>
  )
}
