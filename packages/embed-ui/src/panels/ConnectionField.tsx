import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Connection, ConnectorSummary } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Field } from '../ui/Field.js'
import { Select } from '../ui/Input.js'
import { NewConnectionDialog } from './NewConnectionDialog.js'
import styles from './panels.module.css'

export interface ConnectionFieldProps {
  readonly connector: ConnectorSummary
  readonly value: string | undefined
  readonly error: string | undefined
  readonly onChange: (connectionId: string | undefined) => void
}

/** The account an action uses, with a way to connect a new one without leaving. */
export function ConnectionField({ connector, value, error, onChange }: ConnectionFieldProps) {
  const t = useTexts()
  const { connections, can, isReadOnly } = useEditor()
  const [isOpen, setOpen] = useState(false)
  const own = connections.filter((connection) => connection.connector === connector.id)
  const isMissing = value !== undefined && !own.some(({ id }) => id === value)
  const options = [
    ...own.map((connection) => ({ value: connection.id, label: labelOf(connection, t('connection.failing')) })),
    ...(isMissing ? [{ value, label: t('connection.missing') }] : []),
  ]
  return (
    <Field
      label={t('connection.label', { name: connector.name })}
      isOptional={connector.connection === 'optional'}
      error={isMissing ? t('connection.missingText') : error}
    >
      <div className={styles['inline']}>
        <Select
          value={value ?? ''}
          placeholder={own.length === 0 ? t('connection.none') : t('connection.choose')}
          options={options}
          onValueChange={(next) => onChange(next === '' ? undefined : next)}
        />
        {can('connections:write') && !isReadOnly && (
          <Button icon={<Plus size={14} />} onClick={() => setOpen(true)}>
            {t('connection.connect')}
          </Button>
        )}
      </div>
      {isOpen && (
        <NewConnectionDialog
          connector={connector}
          onClose={() => setOpen(false)}
          onCreated={(connection) => {
            setOpen(false)
            onChange(connection.id)
          }}
        />
      )}
    </Field>
  )
}

function labelOf({ name, status }: Connection, failing: string): string {
  return status === 'failing' ? `${name} (${failing})` : name
}
