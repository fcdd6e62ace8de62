import { Button, type Column, RelativeTime } from '@inlay/embed-ui/ui'

interface KeyColumns<Key> {
  /** Tells a key's button from those of the others, for who does not see its row. */
  readonly nameOf: (key: Key) => string
  /** @default the member may not take keys back */
  readonly onRevoke?: (key: Key) => void
}

/** What every table of keys ends with: when a key was made, and the way to take it back. */
export function keyColumns<Key extends { readonly createdAt: string }>({
  nameOf,
  onRevoke,
}: KeyColumns<Key>): readonly Column<Key>[] {
  const made: Column<Key> = {
    id: 'created',
    header: 'Made',
    narrowLabel: 'Made',
    isSecondary: true,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  }
  if (onRevoke === undefined) return [made]
  return [
    made,
    {
      id: 'actions',
      header: 'Actions',
      isHeaderHidden: true,
      align: 'end',
      cell: (key) => (
        <Button size="small" variant="ghost" aria-label={`Revoke ${nameOf(key)}`} onClick={() => onRevoke(key)}>
          Revoke
        </Button>
      ),
    },
  ]
}
