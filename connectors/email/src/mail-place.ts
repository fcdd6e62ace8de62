import { type OptionsDefinition, StepError, z } from '@inlay/sdk/connector'
import { type MailboxContext, withAccount, withMailbox } from './imap/account.js'
import type { Mailbox } from './imap/mailbox.js'

/** The folder of an action or trigger. */
export const folderField = z
  .string()
  .min(1)
  .max(500)
  .default('INBOX')
  .meta({ title: 'Folder', examples: ['INBOX'] })

/** Which message is meant. */
export const mailPlace = {
  mailbox: folderField,
  id: z
    .string()
    .regex(/^\d+:\d+$/, 'is not the id of a message')
    .meta({ title: 'Id of the message', description: 'From "New mail" or "Search mail".', examples: ['3:8'] }),
}

/** Offers the folders of the account. */
export const folderOptions: OptionsDefinition = async (context) => {
  const folders = await withAccount(context, (account) => account.folders())
  return folders
    .filter(({ isSelectable }) => isSelectable)
    .map(({ name, use }) => ({ value: name, label: name, ...(use === null ? {} : { description: use }) }))
}

/** How a message is told apart from all that were and will be in its folder. */
export function mailId(uidValidity: number, uid: number): string {
  return `${uidValidity}:${uid}`
}

/** A message of a folder that is open. */
export interface PlacedMail {
  readonly mailbox: Mailbox
  readonly uid: number
}

/** Opens the folder of a message. @throws StepError `rejected` when the server has numbered its messages anew */
export function withMail<T>(
  context: MailboxContext & { readonly input: { readonly mailbox: string; readonly id: string } },
  mode: 'read' | 'write',
  use: (mail: PlacedMail) => Promise<T>,
): Promise<T> {
  const { mailbox: name, id } = context.input
  return withMailbox(context, { name, mode }, async (mailbox) => {
    const [uidValidity = 0, uid = 0] = id.split(':').map(Number)
    if (uidValidity !== mailbox.uidValidity) throw gone(name, 'The server has numbered its messages anew since.')
    return use({ mailbox, uid })
  })
}

/** As `withMail`, for what needs the message to be there. */
export function withPresentMail<T>(
  context: Parameters<typeof withMail>[0],
  use: (mail: PlacedMail) => Promise<T>,
): Promise<T> {
  return withMail(context, 'write', async (mail) => {
    if ((await mail.mailbox.factsOf(mail.uid)) === undefined) throw gone(context.input.mailbox)
    return use(mail)
  })
}

/** The message is in the folder no more. */
export function gone(folder: string, why = 'Somebody has moved or deleted it.'): StepError {
  return new StepError('rejected', `The message is not in the folder "${folder.slice(0, 100)}"`, { detail: why })
}
