/** Corrections of the contact data of one person that come at the same moment: each is of its own field, and none undoes another. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { protocolOf } from '../../server/definitions/protocol-of-study.ts'
import { mailboxKeyOf } from '../../server/workflow/mailbox-key.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const reason = 'verbeterd'

async function registered(t: Parameters<typeof startStudyServer>[0], role: string) {
  const server = await startStudyServer(t, '2026-03-02T08:00:00Z')
  await server.register(family('H-1'))
  server.clock.set('2026-03-04T09:30:00Z')
  await server.tick()
  const [person] = server.rows<{ id: string }>(`select id from participants where role = '${role}'`)
  const { call } = await staffAt(server, 'data manager')
  const post = async (path: string, body: object) =>
    (await call(`POST /studies/s1/cases/H-1/people/${person?.id}${path}`, body)) as { status: number; body: { contact: Contact } }
  const contact = async () => (await post('/contact', { reason })).body.contact
  return { server, id: person?.id ?? '', post, contact }
}

interface Contact {
  name: string
  email: string | null
  telephone: string | null
  reaching: string | null
}

test('a number, a name, an address and words for the next caller that come together are all kept', async (t) => {
  const { post, contact } = await registered(t, 'parent')
  for (let round = 0; round < 12; round++) {
    const wanted: Contact = {
      name: `Ouder Voorbeeld ${round}`,
      email: `ouder${round}@voorbeeld.example`,
      telephone: `06-000001${10 + round}`,
      reaching: `keer ${round}`,
    }
    const { name, email, telephone, reaching } = wanted
    const answers = await Promise.all([
      post('/address', { telephone, reason }),
      post('/address', { email, reason }),
      post('/attempts', { means: 'call', outcome: 'not reached', reaching }),
      post('/address', { name, reason }),
    ])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 201, 200],
    )
    const { name: kept, email: address, telephone: number, reaching: words } = await contact()
    assert.deepEqual({ name: kept, email: address, telephone: number, reaching: words }, wanted, `round ${round}`)
  }
})

test('of two addresses that come together one stands, with its mailbox; with one that goes, what mail knows agrees with it', async (t) => {
  const { server, id, post, contact } = await registered(t, 'referrer')
  const row = () =>
    server.rows<{ mailbox_key: string | null; without_mail_at: string | null; address_refused_at: string | null }>(
      `select mailbox_key, without_mail_at, address_refused_at from participants where id = '${id}'`,
    )[0]
  const protocol = protocolOf(server.context.definitions, server.study, server.clock.now())
  for (let round = 0; round < 8; round++) {
    const [one, other] = [`een${round}@voorbeeld.example`, `ander${round}@voorbeeld.example`]
    await post('/reachable', { reachable: false, reason })
    await Promise.all([
      post('/address', { email: one, reason }),
      post('/address', round % 2 === 0 ? { email: other, reason } : { withoutMail: true, reason }),
    ])
    const { email } = await contact()
    const known = row()
    assert.equal(known?.mailbox_key, mailboxKeyOf(server.context, protocol, 's1', { role: 'referrer', email }), `round ${round}`)
    assert.equal(known?.without_mail_at === null, email !== null)
    assert.equal(known?.address_refused_at, null)
  }
})

test('corrections and studies that are opened at the same moment do not wait for each other for ever', async (t) => {
  const { server, post } = await registered(t, 'parent')
  const { organisation, contact } = server.study
  const opened = async (number: number) =>
    await openStudy(server.context, {
      id: `other-${number}`,
      title: 'Andere studie',
      // One with lots: its seed is in the other database.
      protocol: 'uva-trial@0.3.2-standin',
      organisation,
      contact,
      standInsAcceptedBy: 'Verzonnen Collega',
      demonstration: false,
    })
  for (let round = 0; round < 4; round++) {
    const [corrected, noted] = await Promise.all([
      post('/address', { telephone: '06-00000013', reason }),
      post('/attempts', { means: 'call', outcome: 'not reached', reaching: `keer ${round}` }),
      opened(round),
    ])
    assert.deepEqual([corrected.status, noted.status], [200, 201])
  }
})
