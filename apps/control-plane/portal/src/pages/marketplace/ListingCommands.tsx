import { Button, useToast } from '@inlay/embed-ui/ui'
import { useQueryClient } from '@tanstack/react-query'
import { client } from '../../client.js'
import { ConfirmCall } from '../../layout/ConfirmCall.js'
import { useCall } from '../../useCall.js'
import type { Listing } from './listing.js'

interface ListingCommandsProps {
  readonly listing: Listing
  readonly onRemove: () => void
}

/** Installs what is offered, brings it up to date, or removes it. */
export function ListingCommands({ listing, onRemove }: ListingCommandsProps) {
  const { id, name, version, installedVersion } = listing
  const onInstalled = useTold('Installed')
  const install = useCall(() => client.marketplace.install.mutate({ id }), onInstalled)
  return (
    <div className="state">
      {installedVersion !== version && (
        <Button
          size="small"
          variant="primary"
          isBusy={install.isPending}
          aria-label={`${installedVersion === null ? 'Install' : 'Update'} ${name}`}
          onClick={() => install.mutate(undefined)}
        >
          {installedVersion === null ? 'Install' : `Update to ${version}`}
        </Button>
      )}
      {installedVersion !== null && (
        <Button size="small" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </Button>
      )}
    </div>
  )
}

interface RemoveListingProps {
  readonly listing: Listing
  readonly onClose: () => void
}

/** Asks before it removes what was installed. */
export function RemoveListing({ listing: { id, kind, name }, onClose }: RemoveListingProps) {
  const onRemoved = useTold('Removed')
  return (
    <ConfirmCall
      title={`Remove “${name}”?`}
      text={
        kind === 'connector'
          ? 'Automations that use it fail at its steps from now on.'
          : 'Nobody can begin from it any more. Automations that were made of it go on.'
      }
      confirmLabel="Remove"
      call={() => client.marketplace.uninstall.mutate({ id })}
      onClose={onClose}
      onDone={onRemoved}
    />
  )
}

/** Says what was done, and reads again what it changes. */
function useTold(title: string): () => void {
  const queries = useQueryClient()
  const toast = useToast()
  return () => {
    toast({ tone: 'success', title })
    for (const key of ['marketplace', 'templates', 'connectors', 'own-connectors']) {
      void queries.invalidateQueries({ queryKey: [key] })
    }
  }
}
