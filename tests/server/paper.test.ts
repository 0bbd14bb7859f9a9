/** A list on paper: what a participant gets to print, and what staff print for a visit. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

async function open(t: Parameters<typeof startStudyServer>[0]) {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'), family('EK-002'))
  await server.tick()
  return server
}

const get = (origin: string, path: string, cookie = '') => fetch(`${origin}${path}`, { redirect: 'manual', headers: { Cookie: cookie } })

test('a participant prints a list that is open: with the code of the case, the wave and the role, and without names or answers', async (t) => {
  const { origin, mail } = await open(t)
  const parent = new Respondent(origin)
  await parent.open(mail.linkTo(address('parent', 'EK-001')))
  const [list] = (await parent.packet()).assignments
  const path = `/packet/lists/${list?.id}/print`
  assert.equal((await get(origin, path, parent.cookie)).status, 303, 'consent comes first')
  await parent.consent()
  const before = await (await get(origin, path, parent.cookie)).text()
  const { body } = await parent.request<{
    instrument: { survey: { pages: { elements: { name: string; choices?: { value: number }[] }[] }[] } }
  }>('GET', `/api/assignments/${list?.id}`)
  const first = body.instrument.survey.pages[0]?.elements[0]
  assert.ok(first)
  const saved = await parent.request('PUT', `/api/assignments/${list?.id}/draft`, {
    revision: 0,
    answers: { [first.name]: first.choices?.[0]?.value },
    page: null,
  })
  assert.equal(saved.status, 200)
  const answer = await get(origin, path, parent.cookie)
  const html = await answer.text()
  assert.equal(html, before, 'what was answered is not on it')
  assert.equal(answer.headers.get('Cache-Control'), 'no-store')
  for (const expected of ['EK-001', 'Start', 'Ouder', first.name, 'Dit is niet de echte lijst.', 'Snel weg', 'href="/packet"'])
    assert.ok(html.includes(expected), expected)
  assert.ok(!html.includes('Voorbeeld EK'), 'no names')
  assert.ok(!/<style|<script>|style="/.test(html), 'nothing inline')
  for (const [asset, type] of [
    ['/paper.css', 'text/css; charset=utf-8'],
    ['/print.js', 'text/javascript; charset=utf-8'],
  ] as const)
    assert.equal((await get(origin, asset)).headers.get('Content-Type'), type)
})

test('what somebody cannot fill in they cannot print: they are led to what there is', async (t) => {
  const { origin, mail } = await open(t)
  const [parent, other] = [new Respondent(origin), new Respondent(origin)]
  await parent.open(mail.linkTo(address('parent', 'EK-001')))
  await other.open(mail.linkTo(address('parent', 'EK-002')))
  await parent.consent()
  await other.consent()
  const [theirs] = (await parent.packet()).assignments
  for (const [path, cookie] of [
    [`/packet/lists/${theirs?.id}/print`, other.cookie],
    [`/packet/lists/${theirs?.id}/print`, ''],
    ['/packet/lists/nothing/print', parent.cookie],
  ] as const) {
    const { status, headers } = await get(origin, path, cookie)
    assert.deepEqual([status, headers.get('Location')], [303, '/packet'])
  }
})

test('staff print a list of a case by its code, in a language of their choice, and never over a file that is there', async (t) => {
  const { environment } = await open(t)
  const out = join(temporaryFolder(t), 'veo.html')
  const print = (...args: string[]) => nameting(environment, 'print', '--study', 's1', '--case', 'EK-001', '--out', out, ...args)
  const ran = await print('--instrument', 'veo', '--wave', 'T0', '--language', 'en')
  assert.deepEqual([ran.code, ran.stderr], [0, ''])
  const html = readFileSync(out, 'utf8')
  for (const expected of ['<html lang="en"', 'EK-001', 'How to fill this in', 'veo01', '<style>'])
    assert.ok(html.includes(expected), expected)
  assert.ok(!html.includes('Voorbeeld EK') && !html.includes('href='), 'no names, and all that it needs is in it')

  const again = await print('--instrument', 'veo', '--wave', 'T0')
  assert.deepEqual([again.code, /veo\.html cannot be written: EEXIST/.test(again.stderr)], [1, true], again.stderr)
  const several = await print('--instrument', 'veo')
  assert.match(several.stderr, /^veo of EK-001 is still to come at T0 and FU3.*: say with --wave which one is meant\.\n$/)
  assert.equal((await print('--instrument', 'nothing')).code, 1)
  assert.match((await print('--instrument', 'veo', '--wave', 'T0', '--language', 'xx')).stderr, /is not there in "xx"; it is in nl, en/)
})

test('staff print a blank list, with room for whose it is', async (t) => {
  const folder = temporaryFolder(t)
  const out = join(folder, 'blank.html')
  const ran = await nameting({}, 'print', '--instrument', 'veo@0.1.0-standin', '--out', out)
  assert.deepEqual([ran.code, ran.stderr], [0, ''])
  assert.match(readFileSync(out, 'utf8'), /<dt>Casus<\/dt><dd><span class="blank blank-long"><\/span><\/dd>/)
  for (const args of [
    ['--instrument', 'veo@0.1.0-standin', '--study', 's1'],
    ['--instrument', 'veo@0.1.0-standin', '--wave', 'T0'],
    ['--instrument', 'veo@0.1.0-standin', '--study', 's1', '--case', 'EK-001', '--number', '2'],
  ])
    assert.equal((await nameting({}, 'print', '--out', join(folder, 'no.html'), ...args)).code, 2, args.join(' '))
  const unknown = await nameting({}, 'print', '--instrument', 'veo@9.0.0', '--out', join(folder, 'no.html'))
  assert.deepEqual([unknown.code, unknown.stderr], [1, 'There is no instrument veo@9.0.0; there is: veo@0.1.0-standin.\n'])
  assert.ok(!existsSync(join(folder, 'no.html')))
})

test('at the desk whoever types in prints a list for somebody: with their pseudonym and no name, in their language, each time in the access log', async (t) => {
  const server = await startStudyServer(t)
  const entry = family('EK-001')
  await server.register({
    ...entry,
    participants: entry.participants.map((one) => ({ ...one, language: one.role === 'parent' ? 'en' : 'nl' })),
  })
  await server.register(family('EK-002'))
  await server.tick()
  const [list] = server.rows<{ id: string; person: string; other: string }>(
    `select a.id, a.participant_id as person, (select b.id from assignments b where b.participant_id <> a.participant_id limit 1) as other
     from assignments a join participants p on p.id = a.participant_id where p.role = 'parent' and a.wave = 'T0' and a.state = 'open' limit 1`,
  )
  assert.ok(list)
  const path = (assignment: string, code = 'EK-001') => `/api/desk/studies/s1/cases/${code}/people/${list.person}/paper/${assignment}/html`
  const interviewer = await staffAt(server, 'interviewer')
  for (const language of ['', '?in=en']) {
    const answer = await get(server.origin, `${path(list.id)}${language}`, interviewer.cookie)
    const html = await answer.text()
    assert.deepEqual([answer.status, answer.headers.get('Cache-Control')], [200, 'no-store'])
    assert.match(answer.headers.get('Content-Security-Policy') ?? '', /^default-src 'none'; style-src 'self'; script-src 'self';/)
    const aside =
      language === ''
        ? ['Terug naar het gezin', '<aside class="screen" lang="nl"']
        : ['Back to the family', '<aside class="screen" lang="en"']
    for (const expected of [
      '<html lang="en"',
      'EK-001',
      list.person,
      'Number of the person',
      'href="/desk/studies/s1/cases/EK-001"',
      ...aside,
    ])
      assert.ok(html.includes(expected), expected)
    assert.ok(html.includes('class="mark"'), 'a stand-in says so on paper, too')
    assert.ok(!html.includes('Voorbeeld EK') && !html.includes(address('parent', 'EK-001')), 'no names')
    assert.ok(!/<style|<script>|style="/.test(html), 'nothing inline')
  }
  const lines = server.rows<{ detail: string }>(`select detail from access_log where action = 'printed list'`)
  assert.deepEqual(
    lines.map(({ detail }) => JSON.parse(detail)),
    [{ person: list.person }, { person: list.person }],
  )
  assert.equal((await get(server.origin, path(list.other), interviewer.cookie)).status, 404, 'a list of somebody else')
  assert.equal((await get(server.origin, path(list.id, 'EK-002'), interviewer.cookie)).status, 404, 'of another family')
  assert.equal((await get(server.origin, path(list.id), (await staffAt(server, 'researcher')).cookie)).status, 403)
  assert.equal((await get(server.origin, path(list.id))).status, 401)
})
