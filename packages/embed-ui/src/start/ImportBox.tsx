import { FileUp } from 'lucide-react'
import { type DragEvent, type ReactNode, useMemo, useState } from 'react'
import type { BuilderClient } from '../data/client.js'
import { usedConnectors } from '../document/used-connectors.js'
import { useConnectors } from '../hooks/useConnectors.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { chooseFile } from '../ui/choose-file.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Textarea } from '../ui/Input.js'
import { type Imported, readImport } from './read-import.js'
import styles from './start.module.css'

export type ReadableImport = Extract<Imported, { isReadable: true }>

export interface ImportBoxProps {
  readonly client: BuilderClient
  /** What can be done with what was read; undefined while there is nothing. */
  readonly footer: (found: ReadableImport | undefined) => ReactNode
}

/** Takes an exported workflow: from a file, dropped or chosen, or as text. Says what is in it before anything happens. */
export function ImportBox({ client, footer }: ImportBoxProps) {
  const t = useTexts()
  const [text, setText] = useState('')
  const found = useMemo(() => (text === '' ? undefined : readImport(text)), [text])
  const file = useFile(setText)
  return (
    <div className={styles['stack']}>
      <div className={styles['drop']} data-over={file.isOver || undefined} {...file.target}>
        <FileUp size={20} aria-hidden="true" />
        <p>{t('import.drop')}</p>
        <FileButton onFile={file.read} />
      </div>
      <div className={styles['source']}>
        <Field
          label={t('import.label')}
          error={
            file.isFailed ? t('import.fileUnreadable') : found?.isReadable === false ? refusal(found, t) : undefined
          }
        >
          <Textarea
            isMono
            rows={5}
            spellCheck={false}
            value={text}
            placeholder={t('import.placeholder')}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </div>
      {found?.isReadable === true && <Found found={found} client={client} />}
      <div className={styles['actions']}>{footer(found?.isReadable === true ? found : undefined)}</div>
    </div>
  )
}

function refusal({ reason, detail }: Extract<Imported, { isReadable: false }>, t: ReturnType<typeof useTexts>): string {
  return reason === 'broken' ? t('import.broken', { reason: detail }) : t(`import.${reason}`)
}

function FileButton({ onFile }: { readonly onFile: (file: File) => void }) {
  const t = useTexts()
  return <Button onClick={() => chooseFile(onFile, '.json,application/json')}>{t('import.choose')}</Button>
}

function useFile(onText: (text: string) => void) {
  const [isOver, setOver] = useState(false)
  const [isFailed, setFailed] = useState(false)
  const read = (file: File) => {
    setFailed(false)
    file.text().then(onText, () => setFailed(true))
  }
  const target = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      const [file] = event.dataTransfer.files
      const text = event.dataTransfer.getData('text/plain')
      if (file !== undefined) read(file)
      else if (text !== '') onText(text)
    },
  }
  return { isOver, isFailed, read, target }
}

function Found({ found, client }: { readonly found: ReadableImport; readonly client: BuilderClient }) {
  const t = useTexts()
  const locale = useLocale()
  const used = useMemo(() => usedConnectors(found.definition), [found])
  const { connectors, isPending } = useConnectors(client, used)
  const unknown = isPending ? [] : used.filter((id) => connectors.every((connector) => connector.id !== id))
  const needsAccounts = connectors.some(({ connection }) => connection === 'required')
  return (
    <div className={styles['stack']} role="status">
      <Callout tone="success" title={t('import.found', { name: found.name, count: found.stepCount })}>
        {needsAccounts && t('import.noAccounts')}
      </Callout>
      {unknown.length > 0 && (
        <Callout
          tone="warning"
          title={t('import.unknown', { count: unknown.length, names: new Intl.ListFormat(locale).format(unknown) })}
        >
          {t('import.unknownText')}
        </Callout>
      )}
    </div>
  )
}
