import { Badge, Button, Callout, Dialog } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../client.js'
import { useCall } from '../useCall.js'
import { useMay } from '../useMay.js'

type Check = Awaited<ReturnType<ApiClient['workflows']['upgradeCheck']['mutate']>>

interface UpgradeNoticeProps {
  readonly workflowId: string
  /** Called after the draft was changed. */
  readonly onUpgraded: () => void
}

/** Tells that a workflow runs on older versions of connectors; nothing when it does not. */
export function UpgradeNotice({ workflowId, onUpgraded }: UpgradeNoticeProps) {
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const canUpgrade = may('workflows:write')
  const check = useQuery({
    queryKey: ['upgrade-check', workflowId],
    queryFn: () => client.workflows.upgradeCheck.mutate({ id: workflowId }),
    enabled: canUpgrade,
    // What cannot be checked, such as a draft that nobody can read, the builder says itself.
    retry: false,
    staleTime: 60_000,
  })
  if (check.data?.isOutdated !== true) return null
  const { breaking, uses } = check.data
  const names = [...new Set(uses.filter(({ state }) => state !== 'current').map(({ connector }) => connector))]
  return (
    <div className="upgrade">
      <Callout
        tone={breaking === 0 ? 'info' : 'warning'}
        title={`There are new versions of ${names.join(', ')}`}
        actions={
          <Button size="small" onClick={() => setOpen(true)}>
            See what changes
          </Button>
        }
      >
        {breaking === 0 ? 'They are safe for this automation.' : `${breaking} of the changes would break it.`}
      </Callout>
      {isOpen && (
        <UpgradeDialog
          check={check.data}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false)
            void check.refetch()
            onUpgraded()
          }}
        />
      )}
    </div>
  )
}

interface UpgradeDialogProps {
  readonly check: Check
  readonly onClose: () => void
  readonly onDone: () => void
}

function UpgradeDialog({ check, onClose, onDone }: UpgradeDialogProps) {
  const { workflowId, revision, breaking, uses } = check
  const upgrade = useCall(
    () => client.workflows.upgrade.mutate({ id: workflowId, revision, acceptBreaking: breaking > 0 }),
    onDone,
  )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New versions"
      description="Only the draft is changed. What is published goes on as it is until you publish."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={breaking > 0 ? 'danger' : 'primary'}
            isBusy={upgrade.isPending}
            onClick={() => upgrade.mutate(undefined)}
          >
            {breaking > 0 ? 'Update the draft anyway' : 'Update the draft'}
          </Button>
        </>
      }
    >
      <ul className="upgrades">
        {uses
          .filter(({ state }) => state !== 'current')
          .map((use) => (
            <UpgradedUse key={use.pointer} use={use} />
          ))}
      </ul>
    </Dialog>
  )
}

function UpgradedUse({ use }: { readonly use: Check['uses'][number] }) {
  const { connector, member, stepId, from, to, state, deprecated, changes } = use
  return (
    <li>
      <strong>
        {stepId ?? 'Trigger'} <span className="muted">{`${connector}: ${member}`}</span>
      </strong>
      <span>
        {from} → {to ?? 'not there any more'} {state === 'removed' && <Badge tone="danger">Removed</Badge>}
      </span>
      {deprecated !== null && <span className="muted">{deprecated}</span>}
      {changes.length === 0 ? (
        <span className="muted">Nothing that this step uses has changed.</span>
      ) : (
        <ul>
          {changes.map((change) => (
            <li key={change.message}>
              <Badge tone={change.level === 'breaking' ? 'danger' : 'success'}>
                {change.level === 'breaking' ? 'Breaks' : 'Safe'}
              </Badge>{' '}
              {change.message}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
