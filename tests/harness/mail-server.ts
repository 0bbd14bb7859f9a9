/** A real SMTP server on loopback: it accepts every mail, or refuses, hangs or dies when it is told to. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** `hangs`: says nothing any more. `waits`: goes on when it is released. `dies`: the connection breaks. A number: that reply, with these words. */
export interface Mood {
  at: 'greeting' | 'sender' | 'recipient' | 'text' | 'end of text'
  does: 'hangs' | 'waits' | 'dies' | number
  says?: string
}

export interface Received extends Email {
  /** What the envelope says. */
  recipients: string[]
  envelopeFrom: string
  raw: string
  /** What it said about it: 250 where it took it; nothing yet, or never. */
  answered?: number
}

export interface MailServer {
  url: string
  port: number
  /** What it does with every mail from now on; undefined: it takes it. May look at the recipient. */
  mood: Mood | undefined | ((recipient: string) => Mood | undefined)
  /** Mails that it said it took. */
  accepted: Received[]
  /** The one link in the last mail to an address that it took. */
  linkTo(address: string): string
  /** Mails whose text reached it in full, whatever it said about them. */
  seen: Received[]
  /** Connections it got. */
  sessions: number
  /** Lets everything that waits go on as if nothing had been. */
  release(): void
  /** Resolves when the text of `count` mails has reached it. */
  hasSeen(count: number): Promise<void>
  close(): Promise<void>
}

export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const plain: SMTPServerOptions = { authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] }
  const watching = new Set<() => void>()
  const waiting: (() => void)[] = []
  const smtp = new SMTPServer({
    ...('key' in options || 'onAuth' in options ? {} : plain),
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 1,
    onConnect(session, done) {
      server.sessions += 1
      play(moodAt('greeting'), session.id, done)
    },
    onMailFrom(_address, session, done) {
      play(moodAt('sender'), session.id, done)
    },
    onRcptTo({ address }, session, done) {
      play(moodAt('recipient', address), session.id, done)
    },
    async onData(stream, session, done) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      const early = moodAt('text', recipients[0])
      if (early?.does === 'dies') return breakOff(session.id)
      // A sender that dies in the middle has sent nothing.
      const chunks = (await stream.toArray().catch(done)) as Buffer[] | undefined
      if (!chunks) return
      const raw = Buffer.concat(chunks).toString('latin1')
      const envelopeFrom = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
      const mail: Received = { ...(await PostalMime.parse(Buffer.concat(chunks))), recipients, envelopeFrom, raw }
      server.seen.push(mail)
      for (const look of watching) look()
      play(early ?? moodAt('end of text', recipients[0]), session.id, (refusal) => {
        mail.answered = (refusal as { responseCode?: number } | undefined)?.responseCode ?? 250
        if (!refusal) server.accepted.push(mail)
        done(refusal)
      })
    },
    ...options,
  })
  smtp.on('error', () => {})
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  const { port } = smtp.server.address() as AddressInfo

  const server: MailServer = {
    url: `${options.secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    port,
    mood: undefined,
    accepted: [],
    linkTo(address) {
      const mail = server.accepted.findLast(({ recipients }) => recipients.includes(address))
      const link = mail?.text?.match(/https?:\/\/\S+\/l\/[A-Za-z0-9_-]+/)?.[0]
      if (!link) throw new Error(`no mail with a link reached ${address}`)
      return link
    },
    seen: [],
    sessions: 0,
    release: () => {
      for (const goOn of waiting.splice(0)) goOn()
    },
    hasSeen: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (server.seen.length < count) return
          watching.delete(look)
          resolve()
        }
        watching.add(look)
        look()
      }),
    close: () => {
      for (const connection of connections()) connection._socket.destroy()
      return new Promise((resolve) => smtp.close(() => resolve()))
    },
  }
  return server

  function moodAt(place: Mood['at'], recipient = ''): Mood | undefined {
    const mood = typeof server.mood === 'function' ? server.mood(recipient) : server.mood
    return mood?.at === place ? mood : undefined
  }

  function play(mood: Mood | undefined, id: string, done: (error?: Error | null) => void): void {
    if (mood === undefined) done()
    else if (mood.does === 'dies') breakOff(id)
    else if (mood.does === 'waits') waiting.push(() => done())
    else if (mood.does !== 'hangs') done(Object.assign(new Error(mood.says ?? 'not now'), { responseCode: mood.does }))
  }

  function breakOff(id: string): void {
    for (const connection of connections()) if (connection.id === id) connection._socket.destroy()
  }

  /** smtp-server offers no way to break a connection; this is where it keeps them. */
  function connections(): { id: string; _socket: { destroy(): void } }[] {
    return [...(smtp.connections as unknown as Set<{ id: string; _socket: { destroy(): void } }>)]
  }
}
