import { Pin } from 'lucide-react'
import { stepTitle } from '../canvas/step-looks.js'
import { TRIGGER_OWNER } from '../document/issues.js'
import { walkSteps } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useDefinition } from '../state/useBuilder.js'
import { Callout } from '../ui/Feedback.js'
import styles from './step-test.module.css'
import { usePinned } from './usePins.js'

export interface PinnedStepsProps {
  /** Before a test rather than before publishing. @default false */
  readonly isTest?: boolean
}

/** Which steps use pinned data in tests: for the dialogs before publishing and before a test. Nothing when there are none. */
export function PinnedSteps({ isTest = false }: PinnedStepsProps) {
  const t = useTexts()
  const { connectors } = useEditor()
  const definition = useDefinition()
  const pinned = usePinned()
  const names = [...walkSteps(definition)]
    .filter(({ step }) => pinned.has(step.id))
    .map(({ step }) => stepTitle(step, connectors, t))
  if (pinned.has(TRIGGER_OWNER)) names.unshift(t('pin.trigger'))
  if (names.length === 0) return null
  return (
    <Callout tone="info" title={t('pin.listTitle', { count: names.length })}>
      <p>{t(isTest ? 'pin.testText' : 'pin.listText')}</p>
      <ul className={styles['pinned']}>
        {names.map((name) => (
          <li key={name}>
            <Pin size={12} aria-hidden="true" /> {name}
          </li>
        ))}
      </ul>
    </Callout>
  )
}
