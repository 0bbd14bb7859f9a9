/** A study on a data folder of its own, with a clock that the test moves and a mail server that does as it is told. */
import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { Context } from '../../server/context.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { messagesOfCase } from '../../server/queries/messages.ts'
import { participantsOfCase } from '../../server/queries/participants.ts'
import { openTasks } from '../../server/queries/tasks.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { type TickReport, tick } from '../../server/workflow/tick.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { MovableClock, studyEntry } from '../harness/study-server.ts'
import { type MoodyServer, startMoodyServer } from './moody-server.ts'

export interface MailStudy {
  context: Context
  clock: MovableClock
  server: MoodyServer
  /** For commands on the same data folder and mail server. */
  environment: Record<string, string>
  /** Registers families of one parent each, and returns the ids of their cases. */
  register(...families: Partial<CaseEntry>[]): Promise<string[]>
  /** Goes to a moment, when one is given, and makes a pass. */
  tickAt(moment?: string): Promise<TickReport>
  messages(caseId: string): ReturnType<typeof messagesOfCase>
  participants(caseId: string): ReturnType<typeof participantsOfCase>
  tasks(): ReturnType<typeof openTasks>
}

/** Short enough to wait for. */
export const limits = { greeting: 500, silence: 500, total: 1_000 }

/** Monday 2 March 2026, nine in the morning in Amsterdam; mail goes out at ten. */
export async function openMailStudy(test: TestContext, { now = '2026-03-02T08:00:00Z', demonstration = false } = {}): Promise<MailStudy> {
  const folder = temporaryFolder(test)
  const server = await startMoodyServer()
  const clock = new MovableClock(now)
  const key = randomBytes(32)
  const mailFrom = 'onderzoek@voorbeeld.example'
  const baseUrl = 'https://meting.example'
  const context = openContext({ DATA_DIR: folder, BASE_URL: baseUrl, IDENTITY_KEY: key, DEFINITIONS_DIR: undefined }, clock)
  const transport = createTransport({ SMTP_URL: server.url, MAIL_FROM: mailFrom }, { limits })
  const study = await openStudy(context, { ...studyEntry, demonstration })
  test.after(async () => {
    transport.close()
    await server.close()
    await closeContext(context)
  })
  let families = 0
  return {
    context,
    clock,
    server,
    environment: { DATA_DIR: folder, BASE_URL: baseUrl, IDENTITY_KEY: key.toString('hex'), SMTP_URL: server.url, MAIL_FROM: mailFrom },
    async register(...entries) {
      const { cases, problems } = await registerCases(
        context,
        study,
        entries.map((entry) => family(++families, entry)),
      )
      if (problems.length > 0) throw new Error(JSON.stringify(problems))
      return [...cases.values()]
    },
    async tickAt(moment) {
      if (moment !== undefined) clock.set(moment)
      return await tick(context, { transport })
    },
    messages: (caseId) => messagesOfCase(context.stores.study.read, caseId),
    participants: (caseId) => participantsOfCase(context.stores.study.read, caseId),
    tasks: () => openTasks(context.stores.study.read, study.id),
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
