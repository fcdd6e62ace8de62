import type { JsonValue } from '@inlay/engine'
import { CodeBlock } from '../ui/Code.js'
import styles from './runs.module.css'

/** Data of a run under a heading. */
export function DataSection({ title, value }: { readonly title: string; readonly value: JsonValue }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <section className={styles['data']}>
      <h3>{title}</h3>
      <CodeBlock code={text} label={title} />
    </section>
  )
}
