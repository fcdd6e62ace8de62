import { TriangleAlert } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { useHotkeys } from '../shortcuts/useHotkeys.js'
import { useBuilder } from '../state/useBuilder.js'
import { Popover } from '../ui/Popover.js'
import { Tooltip } from '../ui/Tooltip.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import { focusField } from './focus-field.js'
import styles from './problems.module.css'
import { type Problem, useProblems } from './useProblems.js'

export interface ProblemsPanelProps {
  /** Called before a step with a problem is shown: the canvas has to be in sight. */
  readonly onShow?: () => void
}

/** How many problems the workflow has, and a list of them that leads to the fields. F8 goes to the next one. */
export function ProblemsPanel({ onShow }: ProblemsPanelProps) {
  const t = useTexts()
  const builder = useBuilder()
  const problems = useProblems()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const goTo = useCallback(
    ({ owner, field }: Problem) => {
      const root = button.current?.closest('[data-inlay-part="root"]') ?? null
      setOpen(false)
      onShow?.()
      builder.revealIssues()
      builder.select(owner)
      focusField(root, field)
    },
    [builder, onShow],
  )
  useNextProblem(button, problems, goTo)
  if (problems.length === 0) return null
  const label = t('problems.count', { count: problems.length })
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={setOpen}
      label={t('problems.title')}
      align="end"
      trigger={
        <button ref={button} type="button" className={styles['button']} data-inlay-part="problems">
          <TriangleAlert size={15} aria-hidden="true" />
          <span aria-hidden="true">{problems.length}</span>
          <VisuallyHidden>{label}</VisuallyHidden>
        </button>
      }
    >
      <ProblemList problems={problems} onGoTo={goTo} />
    </Popover>
  )
}

interface ProblemListProps {
  readonly problems: readonly Problem[]
  readonly onGoTo: (problem: Problem) => void
}

/** Problems, each a button that leads to its field. */
function ProblemList({ problems, onGoTo }: ProblemListProps) {
  const t = useTexts()
  return (
    <div className={styles['panel']} data-inlay-part="problem-list">
      <div className={styles['head']}>
        <strong>{t('problems.count', { count: problems.length })}</strong>
        <Tooltip text={t('problems.next')} shortcut="F8">
          <kbd className={styles['key']}>F8</kbd>
        </Tooltip>
      </div>
      <ul className={styles['list']}>
        {problems.map((problem) => (
          <li key={problem.key}>
            <button type="button" className={styles['row']} onClick={() => onGoTo(problem)}>
              <span className={styles['where']}>
                {problem.where}
                {problem.fieldName !== undefined && <span className={styles['field']}>{problem.fieldName}</span>}
              </span>
              <span className={styles['text']}>{problem.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** F8 goes from problem to problem, while the focus is inside the widget. */
function useNextProblem(
  anchor: React.RefObject<HTMLElement | null>,
  problems: readonly Problem[],
  goTo: (problem: Problem) => void,
): void {
  const { isOn } = useHotkeys()
  const last = useRef(-1)
  useEffect(() => {
    if (!isOn || problems.length === 0) return
    const onKey = (event: KeyboardEvent) => {
      const root = anchor.current?.closest('[data-inlay-part="root"]')
      if (event.key !== 'F8' || root?.contains(document.activeElement) !== true) return
      event.preventDefault()
      const step = event.shiftKey ? -1 : 1
      last.current = (last.current + step + problems.length) % problems.length
      const next = problems[last.current]
      if (next !== undefined) goTo(next)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [isOn, problems, goTo, anchor])
}
