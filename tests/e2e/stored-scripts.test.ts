/** Whatever people, staff and definitions say stays a text: on every page of the desk and of respondents, on paper, in mails and exports. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { nl } from '../../client/desk/texts/nl.ts'
import { staffRoleNames } from '../../server/access/roles.ts'
import { rowsOf } from '../export/read-export.ts'
import { axe } from '../harness/axe.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { hostile, hostileCase, hostileProtocol, hostileStudy, intruders, writeHostileDefinitions } from '../harness/hostile-study.ts'
import { readZip } from '../harness/read-zip.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const reason = hostile[3] ?? ''
const all = hostile.join('\n')

test('nothing that somebody typed runs or becomes markup, on any page, on paper, in mails and exports', async (t) => {
  const folder = temporaryFolder(t)
  const server = await startStudyServer(t, '2026-03-02T07:30:00Z', { definitions: writeHostileDefinitions(folder), entry: hostileStudy })
  await server.register(hostileCase('A-001'), hostileCase('A-002'))
  server.clock.set('2026-03-02T09:00:00Z')
  await server.tick()
  await server.submit({ code: 'A-001', instrument: 'visit' }, { moved: 1, support: [1], remark: all, word: hostile[1] ?? '' })
  const staff = await staffAt(
    server,
    staffRoleNames.map((role) => ({ role, studyId: '*' })),
  )
  const second = await staffAt(server, 'data manager')
  const put = async (path: string, body: unknown) => {
    const answer = await staff.call(`POST ${path}`, body)
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const at = '/studies/s1/cases/A-001'
  const lists = server.rows<{ id: string; state: string }>(
    `select assignments.id, state from assignments join cases on cases.id = case_id where code = 'A-001' order by state`,
  )
  const completed = lists.find(({ state }) => state === 'completed')?.id ?? assert.fail('nothing was completed')
  const open = lists.find(({ state }) => state === 'open')?.id ?? assert.fail('nothing is open')
  const [person] = server.rows<{ id: string }>('select id from participants order by number')
  await put(`${at}/notes`, { text: all })
  await put(`${at}/queries`, { assignment: completed, item: 'remark', text: all })
  await put(`${at}/values`, { assignment: completed, item: 'word', value: hostile[4], reason })
  await put(`${at}/people/${person?.id}/reachable`, { reachable: false, reason })
  await put(`${at}/people/${person?.id}/contact`, { reason })
  const [, another] = server.rows<{ id: string }>(
    `select participants.id from participants join cases on cases.id = case_id where code = 'A-001' order by number`,
  )
  await put(`${at}/people/${another?.id}/address`, { withoutMail: true, telephone: '06-00000012', reason })
  await put(`${at}/people/${another?.id}/attempts`, { means: 'call', outcome: 'refused', reaching: hostile[9] })
  await put('/staff', {
    name: hostile[2],
    address: 'ander@bureau.example',
    language: 'nl',
    study: 's1',
    role: 'coordinator',
    region: hostile[1],
  })
  await put('/account/keys', { password: '', name: hostile[5], study: 's1', role: 'researcher', until: '2026-06-30' })
  const [, , , , , title, helpLine] = hostile
  await put('/studies/s1/settings', { title, helpLine, regions: [hostile[1], hostile[6]], reason })
  const compared = await twoTypings(server, staff, second)
  await handOver(put, staff)

  const browser = await openBrowser()
  t.after(() => browser.close())
  const { context, page, complaints } = await openPage(browser, server.origin, { width: 1280, allowed: [/status of 4\d\d/] })
  page.on('dialog', (dialog) => {
    // Whoever leaves what was typed is asked by the browser, in its own words.
    if (dialog.type() === 'beforeunload') return void dialog.accept()
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  /** `shown`: texts that stand on the page, sign by sign. */
  const look = async (path: string, shown: (string | undefined)[] = []) => {
    await page.goto(server.origin + path)
    await page.locator('h1').first().waitFor()
    for (const text of shown)
      await page
        .getByText(text ?? '', { exact: false })
        .first()
        .waitFor({ state: 'attached' })
    await judge(path)
  }
  const judge = async (what: string) => {
    await page.waitForFunction((loading) => !document.body.textContent.includes(loading), nl.loading)
    assert.deepEqual(await page.evaluate(intruders), [], what)
    assert.deepEqual(complaints, [], what)
    assert.notEqual(await page.locator('h1').first().textContent(), nl.notFoundTitle, what)
  }

  const [name = '', value = ''] = staff.cookie.split('=')
  await context.addCookies([{ name, value, url: server.origin }])
  const study = '/desk/studies/s1'
  await look('/desk')
  await look('/desk/account', [hostile[5]])
  await page.getByText('Een sleutel maken').click()
  await page.getByLabel('Waarvoor').fill(hostile[0] ?? '')
  await page.getByLabel('Laatste dag').fill('2026-06-30')
  await page.getByRole('button', { name: 'Maak de sleutel' }).click()
  assert.match((await page.locator('.key-text').textContent()) ?? '', /^nmt_/)
  assert.deepEqual(await axe(page), [])
  await look('/desk/account', [hostile[0]])
  await look('/api/docs')
  assert.deepEqual(await axe(page), [])
  await look('/desk/staff', [hostile[2]])
  await look('/desk/staff/access')
  for (const place of [
    '/today',
    '/register',
    '/import',
    '/response',
    '/entry',
    '/queries',
    '/settings',
    '/definitions',
    '/definitions/protocol',
  ])
    await look(study + place)
  await look(`${study}/today`)
  await page.getByRole('button', { name: nl.todayCall }).click()
  await page.getByText(hostile[9] ?? '').waitFor()
  await judge('/today, how somebody is reached')
  const [paper] = server.rows<{ id: string }>(`select id from assignments where participant_id = '${another?.id}'`)
  await look(`/api/desk/studies/s1/cases/A-001/people/${another?.id}/paper/${paper?.id}/html`)
  await look(`${study}/returned`)
  await page.locator('textarea').fill(`From: <${all}>\nSubject: ${all}\n\n${all}`)
  await page.getByRole('button', { name: nl.returnedLook }).click()
  await page.getByText(nl.returned_noNotice).waitFor()
  await judge('/returned')
  await page.locator('textarea').fill('')
  await look(`${study}/cases`, [hostile[1]])
  await look(`${study}/access`, [reason])
  await look(`${study}/definitions/visit@1.0.0`)
  await look(`${study}/cases/A-001`, [hostile[0], hostile[1]])
  await look(`${study}/cases/A-001/access`, [reason])
  await look(`${study}/cases/A-001/entry`)
  await look(`${study}/cases/A-001/entry/${open}`)
  await look(`${study}/cases/A-001/answers/${completed}`, [hostile[4]])
  await look(`${study}/cases/A-001/people/${person?.id}/leaving`)
  await look(`${study}/settings`, [hostile[6]])
  await look(`${study}/cases/A-002`, ['A-002'])
  await look(`${study}/cases/A-002/access`, [reason])
  await look(compared, [hostile[7], hostile[8]])
  await look(`${study}/definitions/visit@1.1.0?show=versions&older=visit@1.0.0&newer=visit@1.1.0`)
  for (const wrong of [false, true]) {
    await look(`${study}/import`)
    await page.locator('textarea').fill(hostileFile(wrong))
    await page.getByRole('button', { name: nl.importLook }).click()
    await page
      .getByText(wrong ? (hostile[1] ?? '') : 'I-1')
      .first()
      .waitFor()
    await judge('import')
  }

  await look('/desk/new-study')
  await page.getByLabel(nl.openProtocolChoose).selectOption('hostile@1.0.0')
  await judge('/desk/new-study, with a protocol')
  await look(`${study}/exports`)
  await look(`${study}/report`)
  await page.locator('table').first().waitFor()
  await judge('report')

  await context.clearCookies()
  const mails = server.mail.accepted
  const mail = mails.find(({ recipients }) => recipients.includes('ouder2-A-001@voorbeeld.example')) ?? assert.fail('no invitation')
  const link = /\/l\/[A-Za-z0-9_-]+/.exec(mail.text ?? '')?.[0] ?? assert.fail('no link')
  await look(link, [hostileStudy.organisation])
  await page.locator('form[data-onward] button').click()
  await page.waitForURL(/packet/)
  await look('/packet')
  await look(`/packet/lists/${open}`)
  await look(`/packet/lists/${open}/print`)
  await look('/packet/stop')

  // A mail program has no policy of ours.
  assert.ok(mails.length >= 2)
  await page.goto('about:blank')
  for (const { html, to, raw } of mails) {
    assert.ok(html, 'a mail without HTML')
    await page.setContent(html)
    assert.deepEqual(await page.evaluate(intruders), [], html)
    assert.equal(to?.length, 1, raw)
  }
  assert.deepEqual(complaints, [])
  // A report that was taken home has the policy that stands in it, and is judged without.
  const report = join(folder, 'report')
  const reported = await nameting(server.environment, 'report', '--study', 's1', '--out', report)
  assert.equal(reported.code, 0, reported.stderr)
  await page.setContent(readFileSync(join(report, 'report.html'), 'utf8').replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, ''))
  assert.deepEqual(await page.evaluate(intruders), [], 'report.html')
  assert.deepEqual(complaints, [])
  // What sets the PDF has a language of its own, in which some of these texts are commands.
  const printed = execFileSync('pdftotext', [join(report, 'report.pdf'), '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, '')
  const { nl: heading = '' } = hostileProtocol.report.sections[0]?.title ?? {}
  assert.match(heading, /#panic/)
  assert.ok(printed.includes(heading.replaceAll(/\s+/g, '')), printed.slice(0, 500))
  // These texts do harm where they are taken for markup, and it is seen.
  await page.setContent(hostile.join('\n'))
  assert.ok((await page.evaluate(intruders)).length > 2)
  assert.match(complaints.join('\n'), /hacked is not defined/)

  const out = join(folder, 'out')
  const exported = await nameting(
    server.environment,
    'export',
    '--study',
    's1',
    '--out',
    out,
    '--layout',
    'long',
    '--format',
    'csv',
    'csv-excel-nl',
    'xlsx',
  )
  assert.equal(exported.code, 0, exported.stderr)
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
  const rows = files.flatMap((file) => (file.endsWith('.csv') && !file.includes('excel') ? rowsOf(out, file) : []))
  const forExcel = files.filter((file) => file.endsWith('.csv') && file.includes('excel'))
  assert.ok(forExcel.length > 0, files.join())
  for (const file of forExcel) {
    const cells = (parse(readFileSync(join(out, file)), { delimiter: ';', bom: true, record_delimiter: '\r\n' }) as string[][]).flat()
    for (const cell of cells) assert.doesNotMatch(cell, /^[=+@\t\r]|^-(?!\d)/, file)
  }
  const books = files.filter((file) => file.endsWith('.xlsx'))
  assert.ok(books.length > 0, files.join())
  for (const file of books)
    for (const [name, content] of readZip(readFileSync(join(out, file))))
      assert.doesNotMatch(content.toString('utf8'), /<f[ >]/, `${file} ${name}`)
  assert.ok(
    rows.some((row) => Object.values(row).includes(all)),
    'the remark is not in the export as it was typed',
  )
})

/** Two who type the same list in write different things; nobody has decided yet. Returns the page on which that is done. */
async function twoTypings(server: StudyServer, ...typists: StaffClient[]): Promise<string> {
  const [list] = server.rows<{ id: string }>(`select assignments.id from assignments join cases on cases.id = case_id where code = 'A-002'`)
  const place = `/studies/s1/cases/A-002/entry/${list?.id}`
  for (const [index, { call }] of typists.entries()) {
    await call(`POST ${place}`, { means: 'paper', answeredOn: '2026-03-02', language: 'nl', double: true, reason })
    const answers = { moved: 1, support: [1], remark: hostile[index + 7], word: hostile[index + 9] }
    const { status, body } = await call(`POST ${place}/finish`, { revision: 0, answers, page: null, skipped: [] })
    assert.equal(status, 200, JSON.stringify(body))
  }
  return `/desk${place}/compare`
}

/** An interviewer comes in and hands the family over; both have names that try to be more. */
async function handOver(put: (path: string, body: unknown) => Promise<unknown>, { call }: StaffClient): Promise<void> {
  const at = '/studies/s1/cases/A-002'
  const called = (index: number) => ({ name: hostile[index], email: `interviewer${index}@bureau.example`, reason })
  await put(`${at}/people`, { role: 'interviewer', language: 'nl', ...called(0) })
  const interviewers = async () =>
    (await call(`GET ${at}`)).body.participants.filter(({ role }: { role: string }) => role === 'interviewer') as { id: string }[]
  await put(`${at}/people/${(await interviewers())[0]?.id}/hand-over`, called(2))
  for (const { id } of await interviewers()) await put(`${at}/people/${id}/contact`, { reason })
}

/** Cases to import, in every column of which is what somebody could have typed; a wrong one is told of by line. */
function hostileFile(wrong: boolean): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  const rows = hostile.map((text, index) => {
    const code = wrong ? text : `I-${index + 1}`
    return [code, 'all', wrong ? text : 'now', text, '2026-03-01', 'parent', text, `i${index}@voorbeeld.example`, wrong ? text : 'nl']
  })
  const header = 'case_code,arm,cohort,region,visit_date,role,name,email,language'
  return [header, ...rows.map((row) => row.map(cell).join())].join('\n')
}
