import { Badge, CopyButton } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'

type Domain = Awaited<ReturnType<ApiClient['domains']['list']['query']>>['data'][number]
type Record = Domain['records'][number]

const STATES = {
  unchecked: { tone: 'neutral', label: 'Not checked' },
  ok: { tone: 'success', label: 'Found' },
  missing: { tone: 'warning', label: 'Not found' },
  wrong: { tone: 'danger', label: 'Something else is there' },
  unreachable: { tone: 'warning', label: 'Name servers did not answer' },
} as const

/** A record that a domain needs: to be copied, and what was found in its place. */
export function DnsRecord({ record: { type, name, value, state, found } }: { readonly record: Record }) {
  const { tone, label } = STATES[state]
  return (
    <li className="dns-record">
      <span className="dns-record-type">
        <strong>{type}</strong>
        <Badge tone={tone}>{label}</Badge>
      </span>
      <dl>
        <dt>Name</dt>
        <dd className="with-copy">
          <code>{name}</code>
          <CopyButton text={name} label={`Copy the name of the ${type} record`} />
        </dd>
        <dt>Value</dt>
        <dd className="with-copy">
          <code>{value}</code>
          <CopyButton text={value} label={`Copy the value of the ${type} record`} />
        </dd>
        {found.length > 0 && (
          <>
            <dt>Found</dt>
            <dd>
              {found.map((text) => (
                <code key={text}>{text}</code>
              ))}
            </dd>
          </>
        )}
      </dl>
    </li>
  )
}
