/** A study with a mail server that does as it is told. */
import type { TestContext } from 'node:test'
import { createTransport } from '../../server/mail/transport.ts'
import { messagesOfCase } from '../../server/queries/messages.ts'
import { participantsOfCase } from '../../server/queries/participants.ts'
import { openTasks } from '../../server/queries/tasks.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { type TickReport, tick } from '../../server/workflow/tick.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { type MailServer, startMailServer } from '../harness/mail-server.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'

export interface MailStudy extends Pick<TestStudy, 'context' | 'clock' | 'environment'> {
  server: MailServer
  /** Registers families of one parent each, and returns the ids of their cases. */
  register(...families: Partial<CaseEntry>[]): Promise<string[]>
  /** Goes to a moment, when one is given, and makes a pass. */
  tickAt(moment?: string): Promise<TickReport>
  messages(caseId: string): ReturnType<typeof messagesOfCase>
  participants(caseId: string): ReturnType<typeof participantsOfCase>
  tasks(): ReturnType<typeof openTasks>
}

/** Milliseconds: nobody is given up because this machine is busy. */
export const patient = { greeting: 30_000, silence: 30_000, total: 60_000 }
/** Short enough to wait for, where a mail server hangs. */
export const hasty = { greeting: 5_000, silence: 800, total: 5_000 }

/** Monday 2 March 2026, nine in the morning in Amsterdam; mail goes out at ten. */
export async function openMailStudy(
  test: TestContext,
  { now = '2026-03-02T08:00:00Z', demonstration = false, limits = patient } = {},
): Promise<MailStudy> {
  const server = await startMailServer()
  const study = await openTestStudy({ folder: temporaryFolder(test), now, smtpUrl: server.url, entry: { demonstration } })
  const transport = createTransport({ SMTP_URL: server.url, MAIL_FROM: study.study.contact }, { limits })
  test.after(async () => {
    transport.close()
    await server.close()
    await study.close()
  })
  const { context, clock, environment } = study
  const { read } = context.stores.study
  let families = 0
  return {
    context,
    clock,
    environment,
    server,
    register: (...entries) => study.register(...entries.map((entry) => family(++families, entry))),
    async tickAt(moment) {
      if (moment !== undefined) clock.set(moment)
      return await tick(context, { transport })
    },
    messages: (caseId) => messagesOfCase(read, caseId),
    participants: (caseId) => participantsOfCase(read, caseId),
    tasks: () => openTasks(read, study.study.id),
  }
}

const family = (number: number, entry: Partial<CaseEntry>): CaseEntry => ({
  code: `F${number}`,
  arm: 'conference',
  cohort: 'prospective',
  anchors: { referral: '2026-03-02' },
  participants: [{ role: 'parent', name: `Noor Verzonnen-${number}`, email: `parent${number}@example.org`, language: 'nl' }],
  ...entry,
})
