/** Mails that confirm what a participant did on their page. */
import type { MailText } from '../../protocols/schema.ts'
import { inEachLanguage } from './texts/languages.ts'

/** Kinds of message beside those of a protocol, whose ids have no spaces. They belong to no wave and are not planned. */
export const confirmationKinds = ['stop confirmation', 'erasure confirmation'] as const
export type ConfirmationKind = (typeof confirmationKinds)[number]

export const isConfirmation = (kind: string): kind is ConfirmationKind => (confirmationKinds as readonly string[]).includes(kind)

/** What a confirmation has in the place of a wave. */
export const noWave = ''

const textOf = (kind: ConfirmationKind): MailText => ({
  subject: inEachLanguage(({ confirmations }) => confirmations[kind].subject),
  body: inEachLanguage(({ confirmations }) => confirmations[kind].body),
})

export const confirmationTexts: Record<ConfirmationKind, MailText> = {
  'stop confirmation': textOf('stop confirmation'),
  'erasure confirmation': textOf('erasure confirmation'),
}
