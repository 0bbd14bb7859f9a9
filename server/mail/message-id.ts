import { createHash } from 'node:crypto'

/** What makes a message the one it is: there is at most one of each. */
export interface MessageKey {
  studyId: string
  participantId: string
  wave: string
  /** `invitation`, or the id of a reminder. */
  kind: string
}

/**
 * The Message-ID header of a message, the same for every attempt at it, so that a mail server that gets it twice can
 * tell. It says nothing about anybody: 128 bits of a hash over pseudonyms.
 */
export function messageIdFor({ studyId, participantId, wave, kind }: MessageKey, mailDomain: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([studyId, participantId, wave, kind]))
    .digest('hex')
  return `<${hash.slice(0, 32)}@${mailDomain}>`
}

/**
 * The Message-ID of one mail for several messages, by theirs: the same messages have the same one, in whatever order. A mail that
 * is tried again with others in it is another mail.
 */
export function messageIdForAll(messageIds: readonly string[], mailDomain: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([...messageIds].sort()))
    .digest('hex')
  return `<${hash.slice(0, 32)}@${mailDomain}>`
}
