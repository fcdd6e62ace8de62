import { List, Workflow } from 'lucide-react'
import { useStore } from 'zustand'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { canvasStoreOf } from './canvas-store.js'
import styles from './FlowCanvas.module.css'
import { shortcutOf } from './StepMenu.js'

/** Switches the open workflow between its diagram and its list of steps. */
export function ViewSwitch() {
  const t = useTexts()
  const { client, workflow } = useEditor()
  const store = canvasStoreOf(client, workflow.id)
  const shown = useStore(store, ({ shownMode }) => shownMode)
  return (
    <fieldset className={styles['switch']} aria-label={t('outline.switch')} data-inlay-part="view-switch">
      <IconButton
        label={t('outline.canvas')}
        {...shortcutOf('outline', t)}
        size="small"
        aria-pressed={shown === 'canvas'}
        onClick={() => store.setState({ mode: 'canvas' })}
      >
        <Workflow size={15} />
      </IconButton>
      <IconButton
        label={t('outline.list')}
        {...shortcutOf('outline', t)}
        size="small"
        aria-pressed={shown === 'outline'}
        onClick={() => store.setState({ mode: 'outline' })}
      >
        <List size={16} />
      </IconButton>
    </fieldset>
  )
}
