import type { JsonObject } from '@inlay/engine'
import type { ReactNode } from 'react'
import { type CatalogChoice, CatalogMenu } from '../catalog/CatalogMenu.js'
import styles from '../catalog/CatalogMenu.module.css'
import { problemText, readProblem } from '../data/api-error.js'
import { setTrigger } from '../document/edit.js'
import { schemaDefaults } from '../forms/schema-defaults.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { Popover } from '../ui/Popover.js'
import { useToast } from '../ui/Toast.js'

export interface AppTriggerPickerProps {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  /** The button that opens it. */
  readonly children: ReactNode
}

/** Chooses an app's trigger for the workflow. */
export function AppTriggerPicker({ isOpen, onOpenChange, children }: AppTriggerPickerProps) {
  const t = useTexts()
  const builder = useBuilder()
  const toast = useToast()
  const { loadConnector, connections } = useEditor()
  const take = async (id: string, member: string) => {
    try {
      const connector = await loadConnector(id)
      const schema = connector.triggers.find((each) => each.id === member)?.inputSchema ?? {}
      const own = connections.filter((connection) => connection.connector === id)
      const [only] = own
      // Defaults of a schema are plain JSON by its own rules.
      const input = schemaDefaults(schema) as JsonObject
      builder.edit((definition) =>
        setTrigger(definition, {
          type: 'connector',
          connector: id,
          trigger: member,
          input,
          ...(own.length === 1 && only !== undefined && connector.connection !== 'none' ? { connection: only.id } : {}),
        }),
      )
      onOpenChange(false)
    } catch (error) {
      toast({ tone: 'danger', title: problemText(readProblem(error), t) })
    }
  }
  const choose = (choice: CatalogChoice) => {
    if (choice.type === 'member') void take(choice.connector, choice.member)
  }
  return (
    <Popover isOpen={isOpen} onOpenChange={onOpenChange} label={t('add.triggerTitle')} align="end" trigger={children}>
      <div className={styles['inside']} data-inlay-part="trigger-menu">
        <CatalogMenu kind="trigger" title={t('add.triggerTitle')} onChoose={choose} />
      </div>
    </Popover>
  )
}
