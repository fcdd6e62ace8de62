import type { WorkflowDefinition } from '@inlay/engine'
import { useQuery } from '@tanstack/react-query'
import { Copy, Download } from 'lucide-react'
import { useState } from 'react'
import { writeClipboard } from '../clipboard/clipboard.js'
import { problemText, readProblem } from '../data/api-error.js'
import { useEditor } from '../hooks/useEditor.js'
import { useVersionDefinition } from '../hooks/useVersionDefinition.js'
import { useTexts } from '../messages/useTexts.js'
import { useDefinition } from '../state/useBuilder.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { useToast } from '../ui/Toast.js'
import { exportFileName, exportText } from './read-import.js'
import styles from './start.module.css'

const DRAFT = ''
const MOST_VERSIONS = 30

/** Gives the open workflow as a file: its draft or one of its versions, without the customer's accounts. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts()
  const draft = useDefinition()
  const [versionId, setVersionId] = useState(DRAFT)
  const versions = useVersions()
  const version = useVersionDefinition(versionId === DRAFT ? undefined : versionId)
  const definition = versionId === DRAFT ? draft : version.definition
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('export.title')}
      description={t('export.text')}
      width="small"
      footer={<Actions definition={definition} />}
    >
      <div className={styles['stack']}>
        {version.error !== null && (
          <Callout tone="danger" title={t('export.failed')}>
            {problemText(readProblem(version.error), t)}
          </Callout>
        )}
        {versions.length > 0 && (
          <Field label={t('export.version')}>
            <Select
              value={versionId}
              onValueChange={setVersionId}
              options={[
                { value: DRAFT, label: t('export.draft') },
                ...versions.map(({ id, number }) => ({ value: id, label: t('export.published', { number }) })),
              ]}
            />
          </Field>
        )}
        <Callout tone="info">{t('export.noAccounts')}</Callout>
      </div>
    </Dialog>
  )
}

/** What can be done with the definition, once it is there. */
function Actions({ definition }: { readonly definition: WorkflowDefinition | undefined }) {
  const t = useTexts()
  const toast = useToast()
  const copy = async (of: WorkflowDefinition) => {
    const isCopied = await writeClipboard(exportText(of))
    toast(isCopied ? { tone: 'success', title: t('export.copied') } : { tone: 'danger', title: t('export.copyFailed') })
  }
  return (
    <>
      <Button
        icon={<Copy size={15} />}
        disabled={definition === undefined}
        onClick={() => definition !== undefined && void copy(definition)}
      >
        {t('export.copy')}
      </Button>
      <Button
        variant="primary"
        icon={<Download size={15} />}
        disabled={definition === undefined}
        onClick={() => definition !== undefined && download(definition)}
      >
        {t('export.download')}
      </Button>
    </>
  )
}

function useVersions() {
  const { client, workflow } = useEditor()
  const { data } = useQuery({
    queryKey: ['versions', workflow.id, 'to-export', workflow.publishedVersion],
    queryFn: () => client.workflows.versions.query({ id: workflow.id, limit: MOST_VERSIONS }),
    enabled: workflow.published !== null,
  })
  return data?.data ?? []
}

function download(definition: WorkflowDefinition): void {
  const url = URL.createObjectURL(new Blob([exportText(definition)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = exportFileName(definition.name)
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 1_000)
}
