import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkParts, warnAboutParts } from '../../instruments/check-parts.ts'
import { readProtocols } from '../../protocols/catalogue.ts'
import { both, fileOf, type Json } from '../instruments/small-files.ts'
import { smallStudy } from './small-files.ts'

const part = (change: Json = {}): Json => ({
  kind: 'part',
  id: 'mails',
  version: '0.1.0-standin',
  title: both('Mails'),
  wording: { status: 'stand-in', holder: 'Test', source: 'Made for a test' },
  define: { first: { subject: both('Questions'), body: both('Dear {name}, {link} {{end}}') }, end: both('With regards, {organisation}') },
  ...change,
})

/** The small study with the invitation of a part. */
function study(change: Json = {}): Json {
  const whole = smallStudy()
  return { ...whole, uses: ['mails@0.1.0-standin'], messages: { ...whole.messages, invitation: { $use: 'first' } }, ...change }
}

const read = (...definitions: Json[]) => readProtocols(definitions.map((definition) => fileOf('protocols', definition)))
const short = ({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}`

describe('a protocol takes in', () => {
  test('a mail from a part, with words of the part within it and placeholders left alone', () => {
    const { catalogue, problems, parts } = read(study(), part())
    assert.deepEqual(problems, [])
    const { invitation } = catalogue.need('small-study@0.1.0-standin').messages
    assert.equal(invitation.body.nl, 'Dear {name}, {link} With regards, {organisation} (nl) (nl)')
    assert.deepEqual(
      parts.catalogue.all().map(({ id }) => id),
      ['mails'],
    )
  })

  test('nothing that no part defines, and no part that is not there', () => {
    assert.deepEqual(read(study(), part({ define: { end: both('Bye') } })).problems.map(short), [
      '/messages/invitation: $use: no part in "uses" defines "first"',
    ])
    const [missing] = read(study()).problems.map(short)
    assert.equal(missing, '/uses/0: there is no part mails@0.1.0-standin')
  })
})

describe('the check', () => {
  test('says which pieces and parts no protocol uses, and which a protocol names for nothing', () => {
    const spare = part({ id: 'spare', define: { other: both('Other') } })
    const found = warnAboutParts(read(study({ uses: ['mails@0.1.0-standin', 'spare@0.1.0-standin'] }), part(), spare), 'protocol')
    assert.deepEqual(found.map(short), [': no protocol uses this part', '/uses/1: nothing of spare@0.1.0-standin is used'])
    const more = part({ define: { ...part().define, loose: both('Loose') } })
    assert.deepEqual(warnAboutParts(read(study(), more), 'protocol').map(short), ['/define/loose: no protocol uses this piece'])
    assert.deepEqual(warnAboutParts(read(study(), part()), 'protocol'), [])
  })

  test('holds parts of protocols to the marks of stand-ins and to the place that their names say', () => {
    const found = checkParts(read(study(), part({ wording: { status: 'own', holder: 'Test', source: 'Test' } })))
    assert.match(found.map(short).join(), /marked as a stand-in, but the wording is own/)
    const elsewhere = readProtocols([{ path: 'protocols/other/0.1.0-standin.json', text: JSON.stringify(part()) }])
    assert.deepEqual(checkParts(elsewhere).map(short), ['/id: the id is mails, but the folder is other'])
  })
})
