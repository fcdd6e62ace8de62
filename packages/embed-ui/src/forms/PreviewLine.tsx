import type { JsonValue } from '@inlay/engine'
import { CircleAlert, Equal } from 'lucide-react'
import { previewValue } from '../expressions/readable.js'
import { type Texts, useTexts } from '../messages/useTexts.js'
import { evaluationWords } from '../problems/evaluation-words.js'
import { expressionWords } from '../problems/issue-words.js'
import styles from './Expression.module.css'
import { type PreviewOptions, usePreview } from './usePreview.js'

/** Characters of a value that are shown. */
const MAX_SHOWN = 160

/** What a text gives with sample data, below its field: the value with its kind, or what is wrong and where. */
export function PreviewLine({ text, ...options }: PreviewOptions & { readonly text: string }) {
  const t = useTexts()
  const preview = usePreview(text, options)
  return (
    <div className={styles['preview']} role="status" data-kind={preview?.kind} data-inlay-part="preview">
      {preview?.kind === 'wrong' && (
        <>
          <CircleAlert size={13} aria-hidden="true" />
          <span>
            {t('expression.wrongAt', { position: preview.position, message: expressionWords(preview.issue, t) })}
          </span>
        </>
      )}
      {preview?.kind === 'failed' && (
        <>
          <CircleAlert size={13} aria-hidden="true" />
          <span>{evaluationWords(preview.data, t) ?? t('evaluation.failed')}</span>
        </>
      )}
      {preview?.kind === 'value' && (
        <>
          <Equal size={13} aria-hidden="true" />
          <span className={styles['value']} title={t('expression.result')}>
            {isNothing(preview.value) ? t('expression.noResult') : previewValue(preview.value, MAX_SHOWN)}
          </span>
          {!isNothing(preview.value) && <span className={styles['kind']}>{kindWords(preview.value, t)}</span>}
        </>
      )}
    </div>
  )
}

function isNothing(value: JsonValue): boolean {
  return value === null || value === ''
}

/** What kind of value it is, in words. */
function kindWords(value: JsonValue, t: Texts): string {
  if (value === null) return t('kind.nothing')
  if (Array.isArray(value)) return t('kind.list', { count: value.length })
  switch (typeof value) {
    case 'number':
      return t('kind.number')
    case 'boolean':
      return t('kind.boolean')
    case 'object':
      return t('kind.object', { count: Object.keys(value).length })
    default:
      return t('kind.text')
  }
}
