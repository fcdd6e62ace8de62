import type { OptionsContext, OptionsPage, SelectOption } from '@inlay/sdk/connector'
import { z } from '@inlay/sdk/connector'
import { accountPath, CONTENT, MESSAGING, twilio } from './twilio-api.js'

const numbers = z.object({
  incoming_phone_numbers: z.array(
    z.object({ sid: z.string(), phone_number: z.string(), friendly_name: z.string().nullish() }),
  ),
  next_page_uri: z.string().nullish(),
})

async function ownNumbers(context: OptionsContext, named: 'sid' | 'phone_number'): Promise<OptionsPage> {
  const answer = await twilio.call(context, {
    url: context.cursor ?? accountPath(context.auth, '/IncomingPhoneNumbers.json?PageSize=100'),
    answer: numbers,
  })
  const options = answer.incoming_phone_numbers.map((number) => ({
    value: number[named],
    label: number.phone_number,
    ...(number.friendly_name ? { description: number.friendly_name } : {}),
  }))
  return page(options, answer.next_page_uri)
}

/** Numbers of the account, by the number itself. */
export const numberOptions = (context: OptionsContext): Promise<OptionsPage> => ownNumbers(context, 'phone_number')

/** Numbers of the account, by their SIDs. */
export const numberSidOptions = (context: OptionsContext): Promise<OptionsPage> => ownNumbers(context, 'sid')

const meta = z.object({ next_page_url: z.string().nullish() })
const namedList = z.array(z.object({ sid: z.string(), friendly_name: z.string() }))

/** Messaging services of the account. */
export async function messagingServiceOptions(context: OptionsContext): Promise<OptionsPage> {
  const answer = await twilio.call(context, {
    url: context.cursor ?? `${MESSAGING}/v1/Services?PageSize=100`,
    answer: z.object({ services: namedList, meta }),
  })
  return page(answer.services.map(toOption), answer.meta.next_page_url)
}

const senders = z.object({
  senders: z.array(
    z.object({
      sid: z.string(),
      sender_id: z.string(),
      profile: z.object({ name: z.string().nullish() }).nullish(),
    }),
  ),
  meta,
})

/** WhatsApp senders of the account. */
export async function whatsAppSenderOptions(context: OptionsContext): Promise<OptionsPage> {
  const url = context.cursor ?? `${MESSAGING}/v2/Channels/Senders?Channel=whatsapp&PageSize=100`
  const answer = await twilio.call(context, { url, answer: senders })
  const options = answer.senders.map(({ sid, sender_id, profile }) => ({
    value: sid,
    label: sender_id.replace(/^whatsapp:/, ''),
    ...(profile?.name ? { description: profile.name } : {}),
  }))
  return page(options, answer.meta.next_page_url)
}

/** Message templates of the account. */
export async function templateOptions(context: OptionsContext): Promise<OptionsPage> {
  const answer = await twilio.call(context, {
    url: context.cursor ?? `${CONTENT}/v1/Content?PageSize=100`,
    answer: z.object({ contents: namedList, meta }),
  })
  return page(answer.contents.map(toOption), answer.meta.next_page_url)
}

function toOption({ sid, friendly_name }: z.output<typeof namedList>[number]): SelectOption {
  return { value: sid, label: friendly_name }
}

function page(options: SelectOption[], next: string | null | undefined): OptionsPage {
  return { options, ...(next ? { nextCursor: next } : {}) }
}
