import { Button, Combobox, Select } from '@inlay/embed-ui/ui'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { client } from '../client.js'
import type { Guardrails } from './rules.js'

type Value = Guardrails['connectors']

const MODES = [
  { value: 'all', label: 'All' },
  { value: 'allow', label: 'Only these' },
  { value: 'deny', label: 'All but these' },
] as const
type Mode = (typeof MODES)[number]['value']

const LISTED = 100

interface ConnectorRuleProps {
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** Which apps are offered. */
export function ConnectorRule({ value, onChange }: ConnectorRuleProps) {
  const mode: Mode = value.allow !== undefined ? 'allow' : value.deny !== undefined ? 'deny' : 'all'
  const ids = value.allow ?? value.deny ?? []
  const names = useConnectorNames()
  const set = (next: Mode, chosen: readonly string[]): void => onChange(next === 'all' ? {} : { [next]: [...chosen] })
  return (
    <span className="rule-apps">
      <Select
        aria-label="Which apps"
        options={MODES}
        value={mode}
        onValueChange={(next) => set(MODES.find((each) => each.value === next)?.value ?? 'all', ids)}
      />
      {mode !== 'all' && (
        <>
          <Combobox
            placeholder="Add an app"
            value=""
            options={[...names].filter(([id]) => !ids.includes(id)).map(([id, label]) => ({ value: id, label }))}
            onValueChange={(id) => set(mode, [...ids, id])}
          />
          <ul className="chips" aria-label="Apps">
            {ids.map((id) => (
              <li key={id}>
                {names.get(id) ?? id}
                <Button
                  size="small"
                  variant="ghost"
                  aria-label={`Remove ${names.get(id) ?? id}`}
                  icon={<X size={13} />}
                  onClick={() =>
                    set(
                      mode,
                      ids.filter((each) => each !== id),
                    )
                  }
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </span>
  )
}

function useConnectorNames(): ReadonlyMap<string, string> {
  const connectors = useQuery({
    queryKey: ['connector-names'],
    staleTime: 300_000,
    queryFn: async () => {
      const names = new Map<string, string>()
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: Awaited<ReturnType<typeof client.connectors.list.query>> = await client.connectors.list.query({
          limit: LISTED,
          ...(cursor === '' ? {} : { cursor }),
        })
        for (const { id, name } of page.data) names.set(id, name)
        cursor = page.nextCursor
      }
      return names
    },
  })
  return connectors.data ?? new Map()
}
