/**
 * A mail server for trying out: it takes every mail over real SMTP, prints it, and sends nothing on.
 *
 *   npm run mail [PORT]
 */
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

const port = Number(process.argv[2] ?? 2525)

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  logger: false,
  onData(stream, session, done) {
    stream
      .toArray()
      .then(async (chunks: Buffer[]) => {
        const { subject, text } = await PostalMime.parse(Buffer.concat(chunks))
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ')
        process.stdout.write(`\nTo: ${to}\nSubject: ${subject}\n\n${text?.trim()}\n${'-'.repeat(72)}\n`)
        done()
      })
      .catch(done)
  },
})
server.on('error', ({ message }) => {
  process.stderr.write(`The mail server could not start or go on: ${message}. Another port: npm run mail 2526, and the same in SMTP_URL.\n`)
  process.exit(1)
})
server.listen(port, '127.0.0.1', () =>
  process.stdout.write(`Mail is caught at smtp://127.0.0.1:${port} and printed here. Ctrl+C stops it.\n`),
)
