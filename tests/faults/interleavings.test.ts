/** Sequences of what people, staff and the ticker do, drawn at random and run at once. SEQUENCES and SEQUENCES_ON_POSTGRES say how many. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { dialect } from '../../server/db/dialect.ts'
import { type Random, wholeBetween } from '../../server/demo/random.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { flowOfFamilies } from '../../server/workflow/flow-of-families.ts'
import { studyFlow } from '../../server/workflow/study-flow.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { figure, seeded } from '../harness/seed.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'
import { Interleaving } from './interleaving.ts'

/** On PostgreSQL each takes seconds: those who are in each other's way begin again. */
const sequences = Number(
  (dialect === 'postgres' ? process.env.SEQUENCES_ON_POSTGRES : process.env.SEQUENCES) ?? (dialect === 'postgres' ? 4 : 12),
)
/** In the names of figures. */
const where = dialect === 'postgres' ? ', on PostgreSQL' : ''
const families = 3
/** Every so many-th sequence has a real mail server, which takes, refuses and breaks off; what it says is drawn for the others. */
const realEvery = 12

/** What must not be there; each list is in one state, and what comes with that state is there. */
const impossible = {
  'a list twice': `SELECT participant_id FROM assignments GROUP BY participant_id, wave, instrument_id, about_id HAVING count(*) > 1`,
  'answers without completion, or the other way around': `
    SELECT a.id FROM assignments a LEFT JOIN responses r ON r.assignment_id = a.id JOIN participants p ON p.id = a.participant_id
    WHERE p.answers_erased_at IS NULL AND (a.state = 'completed') <> (r.id IS NOT NULL)`,
  'answers of somebody who had them erased': `
    SELECT a.id FROM assignments a JOIN responses r ON r.assignment_id = a.id JOIN participants p ON p.id = a.participant_id
    WHERE p.answers_erased_at IS NOT NULL`,
  'an ended list without a moment, or an open one with it': `
    SELECT id, state FROM assignments WHERE (state IN ('completed', 'expired', 'cancelled')) <> (ended_at IS NOT NULL)`,
  'something open for somebody who stopped': `
    SELECT a.id FROM assignments a JOIN participants p ON p.id = a.participant_id
    WHERE p.state <> 'active' AND a.state IN ('scheduled', 'open', 'in progress')`,
  'mail planned for somebody who stopped': `
    SELECT m.id FROM messages m JOIN participants p ON p.id = m.participant_id
    WHERE p.state <> 'active' AND m.state = 'planned' AND m.kind NOT LIKE '% confirmation'`,
  'a message in hand of nobody': "SELECT id FROM messages WHERE state = 'claimed'",
  'an unknown fate without a task, or a mail that staff should look at twice': `
    SELECT m.id FROM messages m WHERE m.state = 'unknown'
      AND (SELECT count(*) FROM tasks t WHERE t.message_id = m.id AND t.kind = 'message unknown') <> 1`,
}

test(`${sequences} sequences at once: no mail after what forbids it, each list in one state, and the families add up`, async (t) => {
  const random = seeded(t)
  const counts = { mails: 0, doings: 0, taken: 0, returned: 0 }
  for (let number = 0; number < sequences; number++) {
    const isReal = number % realEvery === 0
    const study = await openTestStudy({ folder: join(temporaryFolder(t), 'data') })
    const mail = isReal ? await moody(random) : undefined
    try {
      const codes = Array.from({ length: families }, (_, index) => `F-${index}`)
      const ids = await study.register(...codes.map((code) => family(code)))
      const life = new Interleaving(study, new Map(codes.map((code, index) => [code, ids[index] ?? ''])), random, mail?.transport)
      for (let step = 0; step < 14; step++) {
        await life.happen()
        await life.pass()
        await assertAddsUp(study)
        assert.deepEqual(await life.wronglyRefused(), [], 'an address that nobody refused')
        study.clock.set(new Date(Date.parse(study.clock.now()) + wholeBetween(random, 1, 30 * 24) * 3_600_000).toISOString())
      }
      assert.deepEqual(life.wrong, [])
      assert.equal(new Set(life.gone).size, life.gone.length, 'a Message-ID went out twice')
      if (mail) {
        const taken = mail.server.accepted.map(({ messageId = '' }) => messageId)
        assert.equal(new Set(taken).size, taken.length, 'the mail server took a mail twice')
        assert.deepEqual(
          new Set(taken).difference(new Set(life.gone)),
          new Set(),
          'the mail server took a mail that is not known to have gone',
        )
        counts.taken += taken.length
      }
      counts.mails += life.gone.length
      counts.returned += life.done['has a mail returned'] ?? 0
      counts.doings += Object.values(life.done).reduce((sum, count) => sum + count, 0)
    } finally {
      mail?.transport.close()
      await mail?.server.close()
      await study.close()
    }
  }
  assert.ok(counts.mails > sequences && counts.doings > 5 * sequences, JSON.stringify(counts))
  figure(t, `sequences of what happens at once${where}`, sequences)
  figure(t, `mails in those sequences${where}`, counts.mails)
  figure(t, `mails in those sequences that a mail server took over SMTP${where}`, counts.taken)
  figure(t, `mails in those sequences that came back later${where}`, counts.returned)
  figure(t, `doings in those sequences${where}`, counts.doings)
  figure(t, `mails after what forbids them${where}`, 0)
})

async function assertAddsUp({ context, rows }: TestStudy): Promise<void> {
  for (const [what, sql] of Object.entries(impossible)) assert.deepEqual(rows(sql), [], what)
  const { all: recorded } = await studyFlow(context.stores.study.read, context.definitions, 's1')
  const { all: shown, behind } = await flowOfFamilies(context, { studyId: 's1', within: 'everywhere' })
  const { going, complete, ...others } = shown
  const { reasons: _, active, ...counted } = recorded
  assert.deepEqual([others, going + complete, behind], [counted, active, 0])
  assert.equal(shown.registered + shown.mistakes, families)
  assert.equal(others.refused + others.withdrew + others.nobody + going + complete, shown.registered)
}

async function moody(random: Random) {
  const server = await startMailServer()
  server.mood = () => {
    const drawn = random()
    if (drawn < 0.06) return { at: 'recipient', does: 451 }
    if (drawn < 0.1) return { at: 'recipient', does: 550, says: '5.1.1 User unknown' }
    return drawn < 0.14 ? { at: 'end of text', does: 'dies' } : undefined
  }
  const transport = createTransport({ SMTP_URL: server.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  return { server, transport }
}
