import { Button, type Column, RelativeTime } from '@inlay/embed-ui/ui'

/** What every table of keys ends with: when a key was made, and the way to take it back. */
export function keyColumns<Key extends { readonly createdAt: string }>(
  onRevoke: (key: Key) => void,
): readonly Column<Key>[] {
  return [
    {
      id: 'created',
      header: 'Made',
      narrowLabel: 'Made',
      isSecondary: true,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      isHeaderHidden: true,
      align: 'end',
      cell: (key) => (
        <Button size="small" variant="ghost" onClick={() => onRevoke(key)}>
          Revoke
        </Button>
      ),
    },
  ]
}
