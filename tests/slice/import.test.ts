import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { startStudyServer } from '../harness/study-server.ts'

const header = 'case_code,arm,cohort,region,child_birth_month,referral_date,conference_date,role,name,email,language,sex'
const parent =
  'A-001,conference,prospective,Amsterdam,2016-05,2026-03-01,2026-04-15,parent,Ouder Voorbeeld,ouder@voorbeeld.example,nl,female'
const referrer =
  'A-001,conference,prospective,Amsterdam,2016-05,2026-03-01,2026-04-15,referrer,"Voogd, Voorbeeld",voogd@voorbeeld.example,nl,'

async function importing(t: Parameters<typeof startStudyServer>[0]) {
  const server = await startStudyServer(t)
  const path = join(temporaryFolder(t), 'cases.csv')
  const count = (table: string) => server.context.stores.study.read.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).n
  const people = () => server.context.stores.identity.read.get<{ n: number }>('SELECT count(*) AS n FROM people').n
  return {
    server,
    path,
    count,
    people,
    async run(content: string | Buffer, ...options: string[]) {
      writeFileSync(path, content)
      return await nameting(server.environment, 'import', '--study', 's1', path, ...options)
    },
  }
}

test('rows of one case code become one case with its participants, planned at once', async (t) => {
  const { run, count, people } = await importing(t)
  const { code, stdout, stderr } = await run([header, parent, referrer].join('\n'))
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /1 cases? with 2 participants in s1/)
  assert.deepEqual([count('cases'), count('participants'), people()], [1, 2, 2])
  assert.equal(count('assignments'), 10)
})

test('semicolons, a byte order mark, spaces and Windows line ends are fine: that is what Excel writes', async (t) => {
  const { run, count } = await importing(t)
  const rows = [header, parent].map((line) => line.replaceAll(',', ' ; ')).join('\r\n')
  assert.equal((await run(`\uFEFF${rows}\r\n`)).code, 0)
  assert.equal(count('participants'), 1)
})

test('every problem of every row is named with its line and column, and nothing is registered', async (t) => {
  const { run, count, people, path } = await importing(t)
  const wrong: [from: string, to: string, message: RegExp][] = [
    ['W-', '', /case_code: "\d+ x" is not a case code/],
    ['2026-03-01', '2026-02-30', /referral_date: "2026-02-30" is not a date that exists/],
    ['2026-03-01', '1 maart 2026', /referral_date: "1 maart 2026" is not a date/],
    ['2026-03-01,2026-04-15', ',', /the case has no anchor date/],
    ['2016-05', '2016-13', /child_birth_month: "2016-13"/],
    ['conference,', 'shadow,', /arm: "shadow" is not one of conference, non-conference/],
    ['prospective', '', /cohort: is empty: give one of prospective/],
    ['parent', 'grandmother', /role: "grandmother" is not one of parent, referrer, informant/],
    [',nl,', ',fr,', /language: "fr" is not one of/],
    ['female', 'f', /sex: "f"/],
    ['ouder@voorbeeld.example', 'a@voorbeeld.example;b@voorbeeld.example', /email: there is more than one address/],
    ['ouder@voorbeeld.example', '"ouder@voorbeeld.example\nBcc: x@voorbeeld.example"', /email: the address has a line break/],
    ['ouder@voorbeeld.example', 'ouder', /email: an address has/],
    ['Ouder Voorbeeld', '', /name: a name is one line/],
    ['2026-03-01', '3026-03-01', /referral_date: "3026-03-01" is not a date/],
  ]
  const rows = wrong.map(([from, to], index) => parent.replace('A-001', from === 'W-' ? `${index} x` : `W-${index}`).replace(from, to))
  const { code, stderr, stdout } = await run([header, parent, ...rows, referrer.replace('Amsterdam', 'Overijssel')].join('\n'))
  assert.deepEqual([code, stdout], [1, ''])
  const lines = stderr.trimEnd().split('\n')
  assert.equal(lines.pop(), 'Nothing was registered.')
  assert.equal(lines.length, 1)
  assert.match(lines[0] ?? '', /line 19, region: case A-001 has another value on line 2/)

  const second = await run([header, parent, ...rows].join('\n'))
  const said = second.stderr.trimEnd().split('\n').slice(0, -1)
  assert.equal(said.length, wrong.length, second.stderr)
  for (const [index, [, , message]] of wrong.entries()) {
    assert.match(said[index] ?? '', message)
    assert.ok(said[index]?.startsWith(`${path}, line ${index + 3 + (index >= 11 ? 1 : 0)}`), said[index] ?? '')
  }
  assert.deepEqual([count('cases'), count('participants'), count('messages'), people()], [0, 0, 0, 0])
})

test('the same person twice in one role of a case is refused; two parents who share a mailbox are not', async (t) => {
  const { run, count } = await importing(t)
  const twice = await run([header, parent, parent.replace('ouder@voorbeeld', 'Ouder@voorbeeld')].join('\n'))
  assert.deepEqual([twice.code, /line 3, name: this person stands in this case a second time/.test(twice.stderr)], [1, true])
  assert.equal((await run([header, parent, parent.replace('Ouder Voorbeeld', 'Andere Ouder')].join('\n'))).code, 0)
  assert.equal(count('participants'), 2)
})

test('a row with a cell too many and a quote that is never closed are said so', async (t) => {
  const { run } = await importing(t)
  assert.match((await run([header, `${parent},extra`].join('\n'))).stderr, /line 2/)
  assert.match((await run([header, `"${parent}`].join('\n'))).stderr, /Nothing was registered/)
})

test('a wrong header names the columns that are missing and those that are not known', async (t) => {
  const { run, count } = await importing(t)
  const { code, stderr } = await run('case,arm,cohort,role,name,language,email,email\nx,conference,prospective,parent,x,nl,x,x')
  assert.equal(code, 1)
  assert.match(stderr, /case_code: this column is missing/)
  assert.match(stderr, /, case: this is not a column; there is: case_code, arm/)
  assert.match(stderr, /email: this column is there twice/)
  assert.equal(count('cases'), 0)
})

test('who has no address is said so in a column of its own; without that an empty cell is a mistake, and so is both', async (t) => {
  const { run, count, people, server, path } = await importing(t)
  const columns = 'case_code,arm,cohort,referral_date,role,name,email,without_email,telephone,language'
  // Commands go by the real clock: only what still lies ahead is mailed.
  const today = Temporal.Now.plainDateISO().toString()
  const row = (code: string, ...cells: string[]) =>
    [code, 'conference', 'prospective', today, 'parent', 'Ouder Voorbeeld', ...cells, 'nl'].join()
  const wrong: [cells: string[], message: string][] = [
    [['', '', ''], 'email: the address is empty'],
    [['ouder@voorbeeld.example', 'yes', ''], 'email: there is an address of somebody who is said to have none: leave out one of the two'],
    [['', 'yes', '612345678'], 'telephone: a telephone number begins with 0 or +: a spreadsheet may have taken the 0 away'],
    [['', 'yes', 'bel maar'], 'telephone: a telephone number is digits, with spaces or hyphens between them, for example 06 00000000'],
  ]
  const refused = await run([columns, ...wrong.map(([cells], index) => row(`W-${index}`, ...cells))].join('\n'))
  assert.equal(refused.code, 1)
  const said = refused.stderr.replaceAll(path, 'cases.csv').split('\n')
  for (const [index, [, message]] of wrong.entries()) assert.ok(said.includes(`cases.csv, line ${index + 2}, ${message}`), message)
  const unclear = await run([columns, row('W-1', '', 'maybe', '')].join('\n'))
  assert.match(unclear.stderr, /line 2, without_email: "maybe" is not "yes": write yes for somebody without a mail address/)
  assert.deepEqual([count('cases'), people()], [0, 0])

  const good = await run(
    [columns, row('A-1', '', 'Yes', '06-00000012'), row('A-2', 'ouder@voorbeeld.example', '', '+31 6 00000034')].join('\n'),
  )
  assert.deepEqual([good.code, good.stderr], [0, ''])
  const mails = server.rows<{ code: string; mails: number; lists: number }>(
    `SELECT code, (SELECT count(*) FROM messages WHERE case_id = cases.id) AS mails,
       (SELECT count(*) FROM assignments WHERE case_id = cases.id) AS lists FROM cases ORDER BY code`,
  )
  assert.equal(mails[0]?.lists, mails[1]?.lists)
  assert.deepEqual([mails[0]?.mails, (mails[1]?.mails ?? 0) > 0], [0, true])
})

test('an empty file, one with only a header, one that is not UTF-8 and one that is not there are said so', async (t) => {
  const { run, server, path } = await importing(t)
  assert.match((await run('')).stderr, /the file is empty/)
  assert.match((await run(`${header}\n`)).stderr, /a header and no rows/)
  assert.match((await run(Buffer.from(`${header}\n${parent.replace('Ouder', 'Oudér')}`, 'latin1'))).stderr, /not UTF-8/)
  assert.match((await run(Buffer.from(`${header}\n${parent}`, 'utf16le'))).stderr, /not UTF-8/)
  const gone = await nameting(server.environment, 'import', '--study', 's1', `${path}.gone`)
  assert.deepEqual([gone.code, /cannot be read/.test(gone.stderr)], [1, true])
})

test('a case code that the study has already is refused, with all other rows of the file', async (t) => {
  const { run, count, people } = await importing(t)
  assert.equal((await run([header, parent].join('\n'))).code, 0)
  const { code, stderr } = await run([header, parent.replace('A-001', 'A-000'), parent].join('\n'))
  assert.equal(code, 1)
  assert.match(stderr, /line 3, case_code: A-001 is already a case of s1/)
  assert.deepEqual([count('cases'), people()], [1, 1])
})

test('an unknown study names the studies there are, and a missing option is a bad call', async (t) => {
  const { server, path, run } = await importing(t)
  await run([header, parent].join('\n'))
  const unknown = await nameting(server.environment, 'import', '--study', 's2', path)
  assert.deepEqual([unknown.code, /There is no study s2; there is: s1/.test(unknown.stderr)], [1, true])
  assert.equal((await nameting(server.environment, 'import', path)).code, 2)
  assert.equal((await nameting(server.environment, 'nonsense')).code, 2)
  const { IDENTITY_KEY: _, ...keyless } = server.environment
  const refused = await nameting(keyless, 'import', '--study', 's1', path)
  assert.deepEqual([refused.code, /IDENTITY_KEY is not set/.test(refused.stderr)], [1, true])
})
