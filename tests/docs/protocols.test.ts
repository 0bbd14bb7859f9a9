import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Catalogue } from '../../instruments/catalogue.ts'
import { textIn } from '../../instruments/definition.ts'
import { groupsOf } from '../../protocols/example-case.ts'
import { protocolDocs, shippedProtocolDocs } from '../../scripts/protocol-docs.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'
import { readPage, section, tableRows } from './pages.ts'

const { protocols } = readDefinitions([shippedDirectory]).definitions
const page = readPage('docs/protocols.md')

test('docs/protocols.md is what `npm run docs:protocols` writes', () => {
  assert.equal(page.text, shippedProtocolDocs())
})

test('every protocol is in it with its source, its assumptions, and a calendar of each group that can occur', () => {
  const ids = [...new Set(protocols.all().map(({ id }) => id))]
  assert.ok(ids.length >= 4)
  for (const id of ids) {
    const protocol = protocols.latest(id) ?? assert.fail(id)
    const text = section(page, id)
    assert.ok(text.includes(protocol.source), id)
    for (const assumption of protocol.assumptions) {
      const sentence = typeof assumption === 'string' ? assumption : textIn(assumption, 'en')
      assert.ok(text.includes(`- ${sentence}`), sentence)
    }
    for (const { cohort, arm } of groupsOf(protocol))
      assert.match(text, new RegExp(`^#### ${id}: ${cohort}, ${arm}(, .*)?\n\nDates: .*\n\n\\| role \\|`, 'm'))
  }
})

test('each calendar has a line for every packet, with the days of its mails', () => {
  const rows = tableRows(section(page, 'familie-aan-zet: prospective, conference'))
  const parents = rows.filter(([opens, , , role]) => /^\w{3} \d{4}/.test(opens ?? '') && role === 'parent')
  assert.deepEqual(parents, [
    ['Mon 2026-01-05', 'Mon 2026-02-02', 'T0', 'parent', 'nosik, nosi-b, veo, pul', '2026-01-05, 2026-01-12, 2026-01-19'],
    ['Tue 2026-06-02', 'Tue 2026-07-14', 'FU3', 'parent', 'veo, pul', '2026-06-02, 2026-06-09, 2026-06-16'],
    ['Wed 2026-12-02', 'Wed 2027-01-13', 'FU9', 'parent', 'veo, pul', '2026-12-02, 2026-12-09, 2026-12-16'],
  ])
})

test('a protocol or a group that has no example yet is told by name', () => {
  const protocol = protocols.latest('uva-trial') ?? assert.fail('uva-trial')
  const make = (changed: typeof protocol) => protocolDocs({ protocols: new Catalogue([...protocols.all(), changed]) })
  assert.throws(() => make({ ...protocol, id: 'other' }), { constructor: RangeError, message: /no example of other$/ })
  const cohorts = { ...protocol.cohorts, second: { title: { nl: 'tweede', en: 'second' } } }
  assert.throws(() => make({ ...protocol, cohorts }), { message: /no example of uva-trial: second, offered; second, regular$/ })
})
