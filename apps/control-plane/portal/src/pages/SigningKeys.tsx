import { Button, Card, EmptyState, Table } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { client } from '../client.js'
import { ConfirmCall } from '../layout/ConfirmCall.js'
import { LoadedList } from '../layout/Loaded.js'
import { SecretDialog } from '../layout/SecretDialog.js'
import { useCall } from '../useCall.js'
import { useMay } from '../useMay.js'
import { keyColumns } from './key-columns.js'

type SigningKey = Awaited<ReturnType<ApiClient['signingKeys']['list']['query']>>['data'][number]

/** The keys that sign embed tokens: new ones are made, and those that leaked are revoked. */
export function SigningKeys() {
  const queries = useQueryClient()
  const keys = useQuery({ queryKey: ['signing-keys'], queryFn: () => client.signingKeys.list.query({}) })
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['signing-keys'] })
  const create = useCall(() => client.signingKeys.create.mutate({}), refresh)
  const [revoking, setRevoking] = useState<SigningKey>()
  const mayWrite = useMay()('signingKeys:write')
  const secret = create.data?.privateKey ?? undefined
  return (
    <section>
      <div className="section-title">
        <h2>Signing keys</h2>
        {mayWrite && (
          <Button
            size="small"
            icon={<Plus size={14} />}
            isBusy={create.isPending}
            onClick={() => create.mutate(undefined)}
          >
            New key
          </Button>
        )}
      </div>
      <LoadedList
        query={keys}
        empty={
          <EmptyState
            icon={<KeyRound />}
            title="No signing keys"
            text="The builder does not open for your customers: your backend signs the tokens that open it with such a key."
          />
        }
      >
        {(rows) => <KeyTable keys={rows} {...(mayWrite ? { onRevoke: setRevoking } : {})} />}
      </LoadedList>
      {revoking !== undefined && (
        <RevokeDialog signingKey={revoking} onDone={refresh} onClose={() => setRevoking(undefined)} />
      )}
      {secret !== undefined && (
        <SecretDialog
          title="Your new signing key"
          text="The private half is shown this once. Your backend signs embed tokens with it."
          secret={secret}
          label="Private key"
          onClose={() => create.reset()}
        />
      )}
    </section>
  )
}

interface KeyTableProps {
  readonly keys: readonly SigningKey[]
  readonly onRevoke?: (key: SigningKey) => void
}

function KeyTable({ keys, onRevoke }: KeyTableProps) {
  return (
    <Card isPadded={false}>
      <Table
        label="Signing keys"
        rows={keys}
        rowKey={({ id }) => id}
        columns={[
          { id: 'kid', header: 'Key id', isTitle: true, cell: ({ kid }) => <code>{kid}</code> },
          { id: 'algorithm', header: 'Algorithm', cell: ({ algorithm }) => algorithm },
          ...keyColumns<SigningKey>({ nameOf: ({ kid }) => kid, ...(onRevoke && { onRevoke }) }),
        ]}
      />
    </Card>
  )
}

interface RevokeDialogProps {
  readonly signingKey: SigningKey
  readonly onDone: () => void
  readonly onClose: () => void
}

function RevokeDialog({ signingKey: { id, kid }, onDone, onClose }: RevokeDialogProps) {
  return (
    <ConfirmCall
      title="Revoke this signing key?"
      text={
        <>
          Tokens signed with <code>{kid}</code> are refused from now on, so the builder no longer opens for a backend
          that still uses it. This cannot be undone.
        </>
      }
      confirmLabel="Revoke"
      call={() => client.signingKeys.revoke.mutate({ id })}
      onClose={onClose}
      onDone={onDone}
    />
  )
}
