/** A mail server in a process of its own that takes everything and keeps nothing. Says its port on stdout. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  logger: false,
  onData: (stream, _session, done) => void stream.resume().once('end', done),
})
server.listen(0, '127.0.0.1')
await once(server.server, 'listening')
process.stdout.write(`${(server.server.address() as AddressInfo).port}\n`)
process.once('disconnect', () => process.exit())
