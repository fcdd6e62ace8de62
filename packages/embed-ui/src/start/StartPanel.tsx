import { FilePlus2, Sparkles, Workflow as WorkflowIcon } from 'lucide-react'
import { useState } from 'react'
import type { Me, Template } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { useTexts } from '../messages/useTexts.js'
import { TemplateCard } from '../templates/TemplateCard.js'
import { TemplateDialog } from '../templates/TemplateDialog.js'
import styles from '../templates/templates.module.css'
import { isConnected } from '../templates/use-cases.js'
import { useOwnAccounts, useTemplates } from '../templates/useTemplates.js'
import { Button } from '../ui/Button.js'
import { EmptyState } from '../ui/Feedback.js'
import { Card } from '../ui/Layout.js'
import type { StartWay } from './NewAutomationDialog.js'
import own from './start.module.css'
import { useHasAssistant } from './useAssistant.js'

const EXAMPLES = 3

export interface StartPanelProps {
  readonly client: BuilderClient
  readonly me: Me
  readonly mayCreate: boolean
  readonly onOpen: (workflowId: string) => void
  readonly onStart: (way: StartWay) => void
}

/** What stands where there is no workflow yet: what one is, how to begin, and three that work. */
export function StartPanel({ client, me, mayCreate, onOpen, onStart }: StartPanelProps) {
  const t = useTexts()
  const onlyTemplates = me.guardrails?.templatesOnly === true
  const hasAssistant = useHasAssistant(client, mayCreate && !onlyTemplates)
  return (
    <>
      <Card isPadded={false}>
        <EmptyState
          icon={<WorkflowIcon size={20} />}
          title={t('start.emptyTitle')}
          text={mayCreate ? t('start.emptyText') : t('start.notAllowed')}
          actions={
            mayCreate && (
              <>
                <Button
                  variant="primary"
                  icon={<FilePlus2 size={15} />}
                  onClick={() => onStart(onlyTemplates ? 'template' : 'blank')}
                >
                  {t('start.title')}
                </Button>
                {hasAssistant && (
                  <Button icon={<Sparkles size={15} />} onClick={() => onStart('describe')}>
                    {t('start.describe')}
                  </Button>
                )}
              </>
            )
          }
        />
      </Card>
      {mayCreate && <Examples client={client} me={me} onOpen={onOpen} onAll={() => onStart('template')} />}
    </>
  )
}

interface ExamplesProps extends Pick<StartPanelProps, 'client' | 'me' | 'onOpen'> {
  readonly onAll: () => void
}

/** Three templates, those first that work with the accounts there are. */
function Examples({ client, me, onOpen, onAll }: ExamplesProps) {
  const t = useTexts()
  const [shown, setShown] = useState<Template>()
  const { list, connectors } = useTemplates(client, me.permissions.includes('templates:read'))
  const connections = useOwnAccounts(client, me) ?? []
  if (list.length === 0) return null
  const ready = list.filter((template) => isConnected(template, { connectors, connections }))
  const examples = [...new Set([...ready, ...list])].slice(0, EXAMPLES)
  return (
    <section className={own['examples']} aria-label={t('start.orTemplate')}>
      <div className={own['examplesHead']}>
        <h2>{t('start.orTemplate')}</h2>
        {list.length > EXAMPLES && (
          <Button size="small" onClick={onAll}>
            {t('start.allTemplates')}
          </Button>
        )}
      </div>
      <ul className={styles['grid']}>
        {examples.map((template) => (
          <TemplateCard
            key={template.id}
            template={template}
            connectors={connectors}
            onLook={() => setShown(template)}
          />
        ))}
      </ul>
      {shown !== undefined && (
        <TemplateDialog
          template={shown}
          {...{ connectors, client, me, onOpen }}
          mayUse
          onClose={() => setShown(undefined)}
        />
      )}
    </section>
  )
}
