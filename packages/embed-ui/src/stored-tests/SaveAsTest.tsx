import { useQueryClient } from '@tanstack/react-query'
import { ClipboardCheck } from 'lucide-react'
import { useState } from 'react'
import { type ApiProblem, problemText, readProblem } from '../data/api-error.js'
import type { Run } from '../data/run-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Input } from '../ui/Input.js'
import { useToast } from '../ui/Toast.js'

/** Keeps a run that went as it should as a test of its workflow. */
export function SaveAsTest({ run }: { readonly run: Pick<Run, 'id' | 'workflowId' | 'status'> }) {
  const t = useTexts()
  const { can } = useEditor()
  const [isOpen, setOpen] = useState(false)
  if (!can('workflows:write') || (run.status !== 'succeeded' && run.status !== 'failed')) return null
  return (
    <>
      <Button size="small" icon={<ClipboardCheck size={14} />} onClick={() => setOpen(true)}>
        {t('tests.save')}
      </Button>
      {isOpen && <SaveDialog run={run} onClose={() => setOpen(false)} />}
    </>
  )
}

interface SaveDialogProps {
  readonly run: Pick<Run, 'id' | 'workflowId'>
  readonly onClose: () => void
}

function SaveDialog({ run, onClose }: SaveDialogProps) {
  const t = useTexts()
  const { client } = useEditor()
  const cache = useQueryClient()
  const toast = useToast()
  const [name, setName] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const save = async () => {
    setBusy(true)
    try {
      await client.workflowTests.record.mutate({ id: run.workflowId, runId: run.id, name: name.trim() })
      await cache.invalidateQueries({ queryKey: ['stored-tests', run.workflowId] })
      toast({ tone: 'success', title: t('tests.saved'), detail: t('tests.savedText') })
      onClose()
    } catch (error) {
      setProblem(readProblem(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('tests.saveTitle')}
      description={t('tests.saveText')}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" isBusy={isBusy} disabled={name.trim() === ''} onClick={() => void save()}>
            {t('tests.saveAction')}
          </Button>
        </>
      }
    >
      {problem !== undefined && <Callout tone="danger">{problemText(problem, t)}</Callout>}
      <Field label={t('tests.name')} help={t('tests.nameHelp')}>
        <Input
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && name.trim() !== '') void save()
          }}
        />
      </Field>
    </Dialog>
  )
}
