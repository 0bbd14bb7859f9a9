/**
 * What the embedded mail server received: one line of JSON a mail in `mailbox.ndjson`, in order of arrival.
 *
 * A mail is on disk before the mail server says that it took it. A last line that a crash cut off is dropped at the next start:
 * the sender was never told that it had arrived.
 */
import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface Mail {
  /** Place in the box, from 1 on. */
  number: number
  /** Moment of arrival by the demonstration's clock. */
  at: string
  from: string
  to: string
  subject: string
  text: string
  html: string | null
  messageId: string | null
}

export interface Mailbox {
  add(mail: Omit<Mail, 'number'>): Mail
  /** Newest first. */
  list(): Mail[]
  find(number: number): Mail | undefined
  close(): void
}

/** Opens the mailbox of a data folder, empty when there is none yet. `sync` false is for making a demonstration that is thrown away when it fails. */
export function openMailbox(directory: string, { sync = true } = {}): Mailbox {
  const path = join(directory, 'mailbox.ndjson')
  const file = openSync(path, 'a+', 0o600)
  const mails = readMails(path)
  return {
    add(mail) {
      const added = { number: mails.length + 1, ...mail }
      writeSync(file, `${JSON.stringify(added)}\n`)
      if (sync) fsyncSync(file)
      mails.push(added)
      return added
    },
    list: () => mails.toReversed(),
    find: (number) => mails[number - 1],
    close: () => closeSync(file),
  }
}

function readMails(path: string): Mail[] {
  const content = readFileSync(path)
  const whole = content.lastIndexOf(0x0a) + 1
  if (whole < content.length) truncateSync(path, whole)
  return content
    .subarray(0, whole)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Mail)
}
