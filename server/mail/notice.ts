/** Reads a notice that comes back about a mail that went out: a delivery status notification (RFC 3464), or what older servers write. */
import PostalMime, { type Attachment, type Email } from 'postal-mime'

export interface Notice {
  /** Message-IDs, with their angle brackets, that the mail it is about can have had, the surest first. */
  about: string[]
  /** failed: given up; anything else says that nothing is lost yet. */
  action: 'failed' | 'delayed' | 'delivered'
  /** Enhanced status (RFC 3463), such as `5.1.1`; null where the notice has none. */
  status: string | null
  /** Addresses that it is about, in lower case. */
  recipients: string[]
  /** What the mail server that gave up said. */
  said: string
}

const headerParts = ['message/rfc822', 'message/global', 'text/rfc822-headers', 'message/global-headers']
const statusParts = ['message/delivery-status', 'message/global-delivery-status']

/** Reads a mail as it came; null when it is no notice about one of ours: an answer of a person, or of a program that is away. */
export async function readNotice(raw: Uint8Array): Promise<Notice | null> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true })
  const report = mail.attachments.find(({ mimeType }) => statusParts.includes(mimeType))
  const returned = mail.attachments.filter(({ mimeType }) => headerParts.includes(mimeType)).map(textOf)
  return report ? fromReport(mail, textOf(report), returned) : fromText(mail, returned)
}

/** The report has a block about the message, and one about each recipient. */
function fromReport(mail: Email, report: string, returned: string[]): Notice | null {
  const [message = new Map<string, string>(), ...recipients] = blocksOf(report)
  const [about = message] = recipients
  const action = about.get('action')?.toLowerCase()
  if (action === undefined) return null
  return {
    about: unique([...messageIdsIn(returned), ...asMessageIds(message.get('original-envelope-id') ?? ''), ...answeredBy(mail)]),
    action: action === 'failed' ? 'failed' : action === 'delayed' ? 'delayed' : 'delivered',
    status: /[245]\.\d{1,3}\.\d{1,3}/.exec(about.get('status') ?? '')?.[0] ?? null,
    recipients: unique(['original-recipient', 'final-recipient'].flatMap((name) => addressesIn(about.get(name) ?? ''))),
    said: (about.get('diagnostic-code') ?? about.get('status') ?? '').replace(/^\s*[\w-]+\s*;\s*/, '').trim(),
  }
}

/**
 * Older servers write a text with the returned mail below it. Only what a mail server sends, and what has a mail of its own in it or
 * below it, is taken for that: people and their programs answer mails, too, and quote them.
 */
function fromText(mail: Email, returned: string[]): Notice | null {
  const text = mail.text ?? ''
  const [said = ''] = text.split(/^Message-ID:/im)
  const about = unique(messageIdsIn([...returned, text]))
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(said)?.[0] ?? null
  if (!isMailServer(mail) || about.length === 0) return null
  const hasFailed =
    status?.startsWith('5') || /\b55\d\b|permanent|giving up|could not be delivered|undeliver/i.test(`${mail.subject} ${said}`)
  const reply = /^.*\b5\d\d[ -].*$/m.exec(said)?.[0] ?? mail.subject ?? ''
  return { about, action: hasFailed ? 'failed' : 'delayed', status, recipients: unique(addressesIn(said)), said: reply.trim() }
}

const isMailServer = ({ from, returnPath }: Email): boolean =>
  /^(mailer-daemon|postmaster)(@|$)/i.test(from?.address ?? '') || (returnPath !== undefined && returnPath.replace(/[<>\s]/g, '') === '')

/** Header fields in blocks, by name in lower case; a line that begins with a space goes on with the one before it. */
const blocksOf = (text: string): Map<string, string>[] =>
  text
    .split(/\r?\n[ \t]*\r?\n/)
    .map((block) => fieldsOf(block))
    .filter((fields) => fields.size > 0)

const fieldsOf = (block: string): Map<string, string> =>
  new Map(
    block
      .replace(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/)
      .flatMap((line) => {
        const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
        return name === undefined ? [] : [[name.toLowerCase(), value ?? ''] as const]
      }),
  )

const messageIdsIn = (texts: string[]): string[] =>
  texts.flatMap((text) => [...text.matchAll(/^Message-ID:\s*(<[^<>\s]{1,250}>)/gim)].map(([, id = '']) => id))

/** The envelope of a mail of ours is named after its Message-ID. */
const asMessageIds = (envelope: string): string[] => (/^[^<>\s]{1,250}@[^<>\s]+$/.test(envelope.trim()) ? [`<${envelope.trim()}>`] : [])

const answeredBy = ({ inReplyTo, references }: Email): string[] => `${inReplyTo ?? ''} ${references ?? ''}`.match(/<[^<>\s]{1,250}>/g) ?? []

/** Of `rfc822; name@example.org`, or in running text. */
const addressesIn = (text: string): string[] =>
  (text.match(/[^\s<>;:,"()]+@[^\s<>;:,"()]+/g) ?? []).map((address) => address.toLowerCase().replace(/\.$/, ''))

const unique = (texts: string[]): string[] => [...new Set(texts)]

function textOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8')
}
