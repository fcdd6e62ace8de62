import type { WorkflowDefinition } from '@inlay/engine'
import { List, Workflow as WorkflowIcon } from 'lucide-react'
import { useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { Tabs } from '../ui/Tabs.js'
import { ChangeCanvas } from './ChangeCanvas.js'
import { ChangeList } from './ChangeList.js'
import type { Comparison } from './compare.js'
import styles from './versions.module.css'

export interface ChangesProps {
  /** Of the version that the draft is compared with. */
  readonly number: number
  readonly before: WorkflowDefinition
  readonly after: WorkflowDefinition
  readonly comparison: Comparison
}

/** What is different in a draft from a version: as a list with all values, or drawn. */
export function Changes({ number, before, after, comparison }: ChangesProps) {
  const t = useTexts()
  const [look, setLook] = useState<'list' | 'canvas'>('list')
  return (
    <section className={styles['comparison']}>
      <header className={styles['comparisonHead']}>
        <h3>{t(comparison.isSame ? 'versions.same' : 'versions.since', { number })}</h3>
        {comparison.steps.length > 0 && (
          <Tabs
            label={t('diff.label')}
            selected={look}
            onSelect={setLook}
            tabs={[
              { id: 'list', label: t('diff.list'), icon: <List size={14} /> },
              { id: 'canvas', label: t('diff.canvas'), icon: <WorkflowIcon size={14} /> },
            ]}
          />
        )}
      </header>
      {look === 'canvas' && comparison.steps.length > 0 ? (
        <ChangeCanvas before={before} after={after} comparison={comparison} />
      ) : (
        <ChangeList comparison={comparison} definition={after} />
      )}
    </section>
  )
}
