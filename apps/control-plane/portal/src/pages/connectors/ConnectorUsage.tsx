import { Callout, Card, EmptyState, Facts, Table } from '@inlay/embed-ui/ui'
import { useQuery } from '@tanstack/react-query'
import { ChartNoAxesColumn } from 'lucide-react'
import { client } from '../../client.js'
import { Loaded } from '../../layout/Loaded.js'

const DAYS = 30

/** How much a connector was used in the last 30 days, by version. */
export function ConnectorUsage({ id }: { readonly id: string }) {
  const usage = useQuery({
    queryKey: ['connector-usage', id],
    queryFn: () => client.connectors.usage.query({ id, days: DAYS }),
  })
  return (
    <Loaded query={usage}>
      {({ connections, versions, isComplete }) => (
        <>
          <Card isPadded>
            <Facts
              facts={[
                { label: 'Connected accounts', value: connections.toLocaleString() },
                { label: 'Counted', value: `The last ${DAYS} days` },
              ]}
            />
          </Card>
          {!isComplete && <Callout tone="info">There were more runs than are counted: these are the newest.</Callout>}
          {versions.length === 0 ? (
            <EmptyState
              icon={<ChartNoAxesColumn />}
              title="Not used yet"
              text="Versions appear here once a published automation uses them."
            />
          ) : (
            <Card isPadded={false}>
              <Table
                label="Usage by version"
                rows={versions}
                rowKey={({ version }) => version}
                columns={[
                  { id: 'version', header: 'Version', isTitle: true, cell: ({ version }) => <code>{version}</code> },
                  ...(['workflows', 'runs', 'steps'] as const).map((key) => ({
                    id: key,
                    header: COUNTS[key],
                    narrowLabel: COUNTS[key],
                    align: 'end' as const,
                    cell: (row: (typeof versions)[number]) => row[key].toLocaleString(),
                  })),
                  {
                    id: 'failed',
                    header: 'Failed steps',
                    narrowLabel: 'Failed steps',
                    align: 'end',
                    cell: ({ failedSteps }) => failedSteps.toLocaleString(),
                  },
                ]}
              />
            </Card>
          )}
        </>
      )}
    </Loaded>
  )
}

const COUNTS = { workflows: 'Automations', runs: 'Runs', steps: 'Steps' } as const
