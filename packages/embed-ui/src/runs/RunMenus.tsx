import { Database, Ellipsis, Headset, Link, PencilLine, Share2 } from 'lucide-react'
import { stepTitle } from '../canvas/step-looks.js'
import { TRIGGER_OWNER } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLink } from '../links/link-context.js'
import { useTexts } from '../messages/useTexts.js'
import { usePinning } from '../step-test/usePins.js'
import { IconButton } from '../ui/Button.js'
import { Menu, type MenuItem } from '../ui/Menu.js'
import { useToast } from '../ui/Toast.js'
import { hasSecrets } from './data-search.js'
import { brokenStep } from './outcomes.js'
import { useRunRoom } from './run-room.js'
import { supportText } from './support-text.js'
import { useCopy } from './useCopy.js'

/** Copies where the run is, or what support needs to know of it. */
export function ShareMenu() {
  const t = useTexts()
  const { isMember, connectors } = useEditor()
  const { run, path, steps, definition } = useRunRoom()
  const copy = useCopy()
  const told = useLink(path)
  // The vendor's people work at an address of their own; of all others the host alone knows where it shows a path.
  const link = told ?? (isMember ? new URL(`/runs/${run.id}`, location.origin).href : undefined)
  const broken = brokenStep(run, steps)
  const step = broken && definition && findStep(definition, broken.stepId)?.step
  const details = () => supportText({ run, step: broken, stepName: step && stepTitle(step, connectors, t) }, t)
  return (
    <Menu
      trigger={
        <IconButton label={t('share.label')} size="small">
          <Share2 size={15} />
        </IconButton>
      }
      items={[
        ...(link === undefined
          ? []
          : [
              {
                id: 'link',
                label: t('share.link'),
                icon: <Link size={15} />,
                onSelect: () => copy(link, t('share.copiedLink')),
              },
            ]),
        {
          id: 'details',
          label: t('share.details'),
          icon: <Headset size={15} />,
          onSelect: () => copy(details(), t('share.copiedDetails')),
        },
      ]}
    />
  )
}

/** What is asked for less often. Draws nothing when the person may do none of it. */
export function MoreMenu() {
  const t = useTexts()
  const { can } = useEditor()
  const { ask, run } = useRunRoom()
  // The whole input stands in the text: what is hidden from somebody must not be in it.
  const maySeeInput = can('workflows:write') || !hasSecrets(run.trigger)
  const useData = useRunData()
  const items: readonly MenuItem[] = [
    ...(can('runs:rerun') && maySeeInput
      ? [
          {
            id: 'edit',
            label: t('runMore.edit'),
            icon: <PencilLine size={15} />,
            onSelect: () => ask({ kind: 'edit' }),
          },
        ]
      : []),
    ...(can('workflows:write')
      ? [{ id: 'data', label: t('runMore.useData'), icon: <Database size={15} />, onSelect: useData }]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <Menu
      trigger={
        <IconButton label={t('runMore.label')} size="small">
          <Ellipsis size={16} />
        </IconButton>
      }
      items={items}
    />
  )
}

/** Pins what the trigger received, so that the builder shows and tests with it. */
function useRunData(): () => void {
  const t = useTexts()
  const toast = useToast()
  const { run, onFix } = useRunRoom()
  const { pin } = usePinning()
  return () =>
    void pin(TRIGGER_OWNER, run.trigger).then((isPinned) => {
      if (!isPinned) return
      toast({ tone: 'success', title: t('runMore.dataUsed'), detail: t('runMore.dataUsedText') })
      onFix?.(TRIGGER_OWNER, undefined)
    })
}
