import type { WorkflowDefinition } from '@inlay/engine'
import { type ReactNode, useCallback, useState } from 'react'
import { findStep, type Place } from '../document/sequences.js'
import { NoteDialog } from '../notes/NoteDialog.js'
import type { CommandMenuProps } from '../shortcuts/CommandMenu.js'
import type { ShortcutsDialogProps } from '../shortcuts/ShortcutsDialog.js'
import { ConfirmDialog } from '../ui/Dialog.js'
import { fetched } from '../ui/fetched.js'
import type { RoomKeys } from './room-keys.js'
import type { WorkbenchDialogs } from './useWorkbench.js'
import { present, tellDone, type Workbench } from './workbench.js'

const CommandMenu = fetched<CommandMenuProps>(
  async () => (await import('../shortcuts/CommandMenu.js')).CommandMenu,
  null,
)
const ShortcutsDialog = fetched<ShortcutsDialogProps>(
  async () => (await import('../shortcuts/ShortcutsDialog.js')).ShortcutsDialog,
  null,
)

interface OpenAdd {
  readonly place: Place
  readonly anchor: HTMLElement
}

type OpenDialog =
  | { readonly kind: 'note'; readonly id: string }
  | { readonly kind: 'replace'; readonly definition: WorkflowDefinition }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'commands' }

export interface BuilderDialogs extends WorkbenchDialogs {
  /** The place that the menu of steps is open for. */
  readonly adding: OpenAdd | undefined
  readonly closeAdd: () => void
  readonly openShortcuts: () => void
  readonly openCommands: () => void
  readonly draw: (bench: Workbench, keys: RoomKeys) => ReactNode
}

/** The dialogs of the builder, of which one is open at a time. */
export function useBuilderDialogs(): BuilderDialogs {
  const [adding, setAdding] = useState<OpenAdd>()
  const [open, setOpen] = useState<OpenDialog>()
  const close = () => setOpen(undefined)
  return {
    adding,
    openAdd: useCallback((place, anchor) => setAdding({ place, anchor }), []),
    closeAdd: useCallback(() => setAdding(undefined), []),
    openNote: (id) => setOpen({ kind: 'note', id }),
    askReplace: (definition) => setOpen({ kind: 'replace', definition }),
    openShortcuts: () => setOpen({ kind: 'shortcuts' }),
    openCommands: () => setOpen({ kind: 'commands' }),
    draw: (bench, keys) =>
      open === undefined ? null : <OpenBuilderDialog open={open} bench={bench} keys={keys} onClose={close} />,
  }
}

interface OpenBuilderDialogProps {
  readonly open: OpenDialog
  readonly bench: Workbench
  readonly keys: RoomKeys
  readonly onClose: () => void
}

function OpenBuilderDialog({ open, bench, keys, onClose }: OpenBuilderDialogProps) {
  switch (open.kind) {
    case 'note': {
      const step = findStep(present(bench), open.id)?.step
      return step === undefined ? null : <NoteDialog step={step} title={bench.titleOf(step)} onClose={onClose} />
    }
    case 'replace':
      return <ReplaceDialog definition={open.definition} bench={bench} onClose={onClose} />
    case 'shortcuts':
      return (
        <ShortcutsDialog
          isReadOnly={keys.isReadOnly}
          isOutline={bench.canvas.getState().shownMode === 'outline'}
          onClose={onClose}
        />
      )
    case 'commands':
      return <CommandMenu keys={keys} onClose={onClose} />
  }
}

interface ReplaceDialogProps {
  readonly definition: WorkflowDefinition
  readonly bench: Workbench
  readonly onClose: () => void
}

function ReplaceDialog({ definition, bench, onClose }: ReplaceDialogProps) {
  const { t, builder } = bench
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('clipboard.replaceTitle')}
      text={t('clipboard.replaceText', { name: definition.name })}
      confirmLabel={t('clipboard.replace')}
      onConfirm={() => {
        onClose()
        // The name stays: people know the workflow by it.
        builder.edit((old) => ({ ...definition, name: old.name }), { select: null })
        tellDone(bench, { tone: 'success', title: t('clipboard.replaced') })
      }}
    />
  )
}
