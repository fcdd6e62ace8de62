import { FilePlus2, FileUp, LayoutTemplate, Sparkles } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import type { Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { customerOf } from '../host/widget-props.js'
import { useTexts } from '../messages/useTexts.js'
import { TemplateBrowser } from '../templates/TemplateBrowser.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Input } from '../ui/Input.js'
import { Tabs } from '../ui/Tabs.js'
import { DescribeForm } from './DescribeForm.js'
import { ImportBox } from './ImportBox.js'
import styles from './start.module.css'
import { useHasAssistant } from './useAssistant.js'
import { useMake } from './useMake.js'

/** A way to begin. */
export type StartWay = 'template' | 'describe' | 'blank' | 'import'

export interface NewAutomationDialogProps {
  readonly client: BuilderClient
  readonly me: Me
  /** @default 'template' */
  readonly way?: StartWay
  readonly onClose: () => void
  readonly onOpen: (workflowId: string) => void
}

/** All ways to begin an automation: from a template, a description, nothing, or a file. */
export function NewAutomationDialog({ client, me, way = 'template', onClose, onOpen }: NewAutomationDialogProps) {
  const t = useTexts()
  const onlyTemplates = me.guardrails?.templatesOnly === true
  const [chosen, setChosen] = useState<StartWay>(onlyTemplates ? 'template' : way)
  const hasAssistant = useHasAssistant(client)
  const customerId = customerOf(me)
  return (
    <Dialog isOpen onClose={onClose} title={t('start.title')} width="large">
      {onlyTemplates && <p className={styles['note']}>{t('guardrails.templatesOnly')}</p>}
      <div className={styles['ways']} hidden={onlyTemplates}>
        <Tabs<StartWay>
          label={t('start.ways')}
          selected={chosen}
          onSelect={setChosen}
          tabs={[
            { id: 'template', label: t('start.template'), icon: <LayoutTemplate size={14} /> },
            ...(hasAssistant
              ? [{ id: 'describe' as const, label: t('start.describe'), icon: <Sparkles size={14} /> }]
              : []),
            { id: 'blank', label: t('start.blank'), icon: <FilePlus2 size={14} /> },
            { id: 'import', label: t('start.import'), icon: <FileUp size={14} /> },
          ]}
        />
      </div>
      {chosen === 'template' && <TemplateBrowser client={client} me={me} mayUse onOpen={onOpen} />}
      {chosen === 'describe' && (
        <DescribeForm
          client={client}
          customerId={customerId}
          onOpen={onOpen}
          onTemplates={() => setChosen('template')}
        />
      )}
      {chosen === 'blank' && <BlankForm client={client} customerId={customerId} onOpen={onOpen} />}
      {chosen === 'import' && <ImportNew client={client} customerId={customerId} onOpen={onOpen} />}
    </Dialog>
  )
}

interface WayProps {
  readonly client: BuilderClient
  readonly customerId: string
  readonly onOpen: (workflowId: string) => void
}

function BlankForm({ client, customerId, onOpen }: WayProps) {
  const t = useTexts()
  const help = useId()
  const [name, setName] = useState('')
  const { isBusy, problem, make } = useMake({ client, onOpen })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') make({ customerId, name: name.trim() })
  }
  return (
    <form className={styles['stack']} onSubmit={submit} aria-describedby={help}>
      <p id={help} className={styles['note']}>
        {t('start.blankText')}
      </p>
      <Field label={t('workflows.name')} help={t('workflows.nameHelp')} error={problem}>
        <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className={styles['actions']}>
        <Button variant="primary" type="submit" isBusy={isBusy} disabled={name.trim() === ''}>
          {t('start.create')}
        </Button>
      </div>
    </form>
  )
}

function ImportNew({ client, customerId, onOpen }: WayProps) {
  const t = useTexts()
  const { isBusy, problem, make } = useMake({ client, onOpen })
  return (
    <div className={styles['stack']}>
      {problem !== undefined && <Callout tone="danger">{problem}</Callout>}
      <ImportBox
        client={client}
        footer={(found) => (
          <Button
            variant="primary"
            isBusy={isBusy}
            disabled={found === undefined}
            onClick={() =>
              found !== undefined &&
              make({ customerId, name: found.name || t('start.title'), definition: found.definition })
            }
          >
            {t('import.create')}
          </Button>
        )}
      />
    </div>
  )
}
