import type { JsonObject } from '@inlay/engine'
import { Popover } from 'radix-ui'
import { type RefObject, useRef } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { NewStep } from '../document/new-step.js'
import { walkSteps } from '../document/sequences.js'
import { schemaDefaults } from '../forms/schema-defaults.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useDefinition } from '../state/useBuilder.js'
import { usePortalContainer } from '../theme/portal-container.js'
import { useToast } from '../ui/Toast.js'
import { type CatalogChoice, CatalogMenu } from './CatalogMenu.js'
import styles from './CatalogMenu.module.css'

export interface AddStepMenuProps {
  /** The plus that it belongs to; null when closed. */
  readonly anchor: HTMLElement | null
  readonly onChoose: (step: NewStep) => void
  readonly onClose: () => void
}

/** The menu of steps that can be added, beside a plus. */
export function AddStepMenu({ anchor, onChoose, onClose }: AddStepMenuProps) {
  const t = useTexts()
  const container = usePortalContainer()
  const choose = useNewStep(onChoose)
  const anchorRef = useRef<HTMLElement>(null) as RefObject<HTMLElement>
  if (anchor !== null) anchorRef.current = anchor
  return (
    <Popover.Root open={anchor !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={anchorRef} />
      <Popover.Portal container={container}>
        <Popover.Content
          className={styles['menu']}
          data-inlay-part="add-step-menu"
          data-sheet
          aria-label={t('add.title')}
          side="right"
          align="start"
          alignOffset={-60}
          sideOffset={10}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            // The plus stays where the person was; Radix knows no trigger to return to.
            event.preventDefault()
            if (document.activeElement === document.body) anchorRef.current.focus({ preventScroll: true })
          }}
        >
          <StepChoice onChoose={choose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** The steps that can be chosen, or why there can be no more. */
function StepChoice({ onChoose }: { readonly onChoose: (choice: CatalogChoice) => void }) {
  const t = useTexts()
  const most = useEditor().offer?.maxSteps ?? null
  const definition = useDefinition()
  if (most !== null && [...walkSteps(definition)].length >= most) {
    return <p className={styles['full']}>{t('guardrails.stepsFull', { count: most })}</p>
  }
  return <CatalogMenu kind="action" title={t('add.title')} onChoose={onChoose} />
}

/** What was chosen as a step: an action begins with the defaults of its form. */
function useNewStep(onChoose: (step: NewStep) => void) {
  const t = useTexts()
  const { loadConnector } = useEditor()
  const toast = useToast()
  const addAction = async (id: string, action: string) => {
    try {
      const connector = await loadConnector(id)
      const schema = connector.actions.find((each) => each.id === action)?.inputSchema ?? {}
      // Defaults of a schema are plain JSON by its own rules.
      onChoose({ type: 'action', connector: id, action, input: schemaDefaults(schema) as JsonObject })
    } catch (error) {
      toast({ tone: 'danger', title: problemText(readProblem(error), t) })
    }
  }
  return (choice: CatalogChoice) => {
    if (choice.type === 'logic') onChoose({ type: 'logic', kind: choice.kind })
    else void addAction(choice.connector, choice.member)
  }
}
