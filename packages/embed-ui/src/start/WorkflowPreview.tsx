import { useMemo } from 'react'
import type { BuilderClient } from '../data/client.js'
import { readDefinition } from '../document/read-definition.js'
import { usedConnectors } from '../document/used-connectors.js'
import { useConnectors } from '../hooks/useConnectors.js'
import { useTexts } from '../messages/useTexts.js'
import { Callout } from '../ui/Feedback.js'
import { fetched } from '../ui/fetched.js'
import { LoadingState } from '../ui/Spinner.js'
import type { PreviewCanvasProps } from './PreviewCanvas.js'
import styles from './start.module.css'

const PreviewCanvas = fetched<PreviewCanvasProps>(async () => (await import('./PreviewCanvas.js')).PreviewCanvas)

export interface WorkflowPreviewProps {
  readonly definition: unknown
  readonly client: BuilderClient
  /** Where nothing stands below it. @default false */
  readonly isTall?: boolean
}

/** A workflow drawn in a box of its own. */
export function WorkflowPreview({ definition, client, isTall = false }: WorkflowPreviewProps) {
  const t = useTexts()
  const read = useMemo(() => readDefinition(definition), [definition])
  const used = useMemo(() => (read.isReadable ? usedConnectors(read.definition) : []), [read])
  const { connectors, isPending } = useConnectors(client, used)
  if (!read.isReadable) return <Callout tone="warning">{t('templates.cannotDraw')}</Callout>
  return (
    <div className={styles['preview']} data-tall={isTall || undefined} data-inlay-part="workflow-preview">
      {isPending ? <LoadingState /> : <PreviewCanvas definition={read.definition} connectors={connectors} />}
    </div>
  )
}
