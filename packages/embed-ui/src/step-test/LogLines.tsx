import type { JsonValue } from '@inlay/engine'
import { Quoted } from '../problems/ProblemText.js'
import styles from './step-test.module.css'

export interface LoggedLine {
  readonly level: 'info' | 'warn'
  readonly message: string
  readonly data?: JsonValue
}

/** What a step has logged, line by line. */
export function LogLines({ log }: { readonly log: readonly LoggedLine[] }) {
  return (
    <ul className={styles['log']}>
      {log.map(({ level, message, data }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <li key={index} data-level={level}>
          <Quoted>{message}</Quoted>
          {data !== undefined && <code dir="ltr">{JSON.stringify(data)}</code>}
        </li>
      ))}
    </ul>
  )
}
