import type { WorkflowSummary } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { useTexts } from '../messages/useTexts.js'
import { AutomationCard } from './AutomationCard.js'
import cardStyles from './automations.module.css'
import styles from './own-automations.module.css'
import { asAutomation, type OwnAutomationsState } from './useOwnAutomations.js'

export interface OwnAutomationsProps {
  readonly own: OwnAutomationsState
  /** Those of them that are not offered as templates with settings. */
  readonly others: readonly WorkflowSummary[]
  /** Whether others stand above, so that these need a name. */
  readonly hasHeading: boolean
  readonly client: BuilderClient
  readonly mayWrite: boolean
  readonly onOpenRun: ((runId: string) => void) | undefined
}

/** What the customer's team has made, as switches. Nothing when there is nothing. */
export function OwnAutomations({ own, others, hasHeading, ...card }: OwnAutomationsProps) {
  const t = useTexts()
  if (others.length === 0) return null
  return (
    <section className={styles['own']} aria-label={t('automations.own')}>
      {hasHeading && <h2 className={styles['title']}>{t('automations.own')}</h2>}
      <ul className={cardStyles['cards']}>
        {others.map((workflow) => (
          <AutomationCard
            key={workflow.id}
            {...card}
            automation={asAutomation(workflow)}
            wanted={own.wanted.get(workflow.id)}
            onToggle={() => own.toggle(workflow)}
          />
        ))}
      </ul>
    </section>
  )
}
