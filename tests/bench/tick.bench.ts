/**
 * Time of a tick with nothing due, and with 1,000 due, among 100,000 planned messages; the mail server is a process of
 * its own on the same machine, and every claim and every fate is synced to disk.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTransport } from '../../server/mail/transport.ts'
import { tick } from '../../server/workflow/tick.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { manyMessages } from './many-messages.ts'

const planned = Number(process.argv[2] ?? 100_000)
const due = Math.min(1_000, planned / 4)
const dueAt = '2026-03-02T09:00:00.000Z'
const folder = mkdtempSync(join(tmpdir(), 'nameting-bench-'))
const sink = fork(fileURLToPath(new URL('mail-sink.ts', import.meta.url)), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
try {
  const [port] = (await once(sink.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  const { context, clock, study, close } = await openTestStudy({ folder, now: '2026-03-01T09:00:00Z' })
  const transport = createTransport({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  await manyMessages(context, study.id, Math.ceil(planned / 3), { due, dueAt })

  await tick(context, { transport })
  const idle = await timed(async () => {
    for (let pass = 0; pass < 20; pass++) await tick(context, { transport })
  })
  console.log(`${(idle / 20).toFixed(2)} ms a tick with nothing due among ${planned} planned messages`)

  clock.set(dueAt)
  const opening = await timed(async () => {
    await tick(context, { transport, signal: AbortSignal.abort() })
  })
  console.log(`${opening.toFixed(0)} ms to open the ${due * 4} lists that they are about`)
  let sent = 0
  const sending = await timed(async () => {
    sent = (await tick(context, { transport })).sent
  })
  console.log(
    `${sending.toFixed(0)} ms a tick with ${due} due: ${(sending / due).toFixed(2)} ms a mail${sent === due ? '' : `; ${due - sent} NOT SENT`}`,
  )
  transport.close()
  await close()
} finally {
  sink.disconnect()
  rmSync(folder, { recursive: true, force: true })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
