/** Follows docs/bring-your-own-instruments.md to the letter: its commands and files as they stand there, in another folder. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createTransport } from '../../server/mail/transport.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { tick } from '../../server/workflow/tick.ts'
import { cliPath } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { answersTo } from '../harness/family.ts'
import { freePort } from '../harness/free-port.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { Respondent } from '../harness/respondent.ts'
import { serveHere } from '../harness/study-server.ts'

const guide = readFileSync(new URL('../../docs/bring-your-own-instruments.md', import.meta.url), 'utf8')
/** What is in the guide's code blocks of a kind, in order. */
const blocks = (kind: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text ?? '')

test('the guide, followed to the letter, ends with a study without stand-ins and with an answer scored by two norms', async (t) => {
  const folder = temporaryFolder(t)
  const definitions = join(folder, 'definitions')
  const mail = await startMailServer()
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const key = randomBytes(32)
  const settings = { DATA_DIR: join(folder, 'data'), DEFINITIONS_DIR: definitions, BASE_URL: origin, IDENTITY_KEY: key }
  const environment = { ...settings, IDENTITY_KEY: key.toString('hex') }
  const [copyVeo, compareVeo, makeNorms, copyProtocol, publish, open, exporting, rescoring, ...rest] = blocks('sh')
  const [norms, families] = blocks('csv')
  assert.deepEqual(rest, [])

  await follow(folder, {}, copyVeo)
  edit(join(definitions, 'instruments/veo/1.0.0.json'), (veo) => {
    delete veo.$schema
    veo.version = '1.0.0'
    veo.wording = { status: 'licensed', holder: 'Nobody: invented for a test', source: 'No licensed text: TEST TEXT only' }
    veo.title = testText('VEO')
    for (const page of veo.survey.pages) for (const element of page.elements) element.title = testText(element.name)
  })
  const compared = await follow(folder, {}, compareVeo)
  assert.match(compared, /\nveo@1\.0\.0 asks and scores as the stand-in veo@0\.1\.0-standin does\. Scales that stay comparable: total\.\n/)

  writeFileSync(join(folder, 'veo-norms.csv'), norms ?? '')
  assert.match(await follow(folder, {}, makeNorms), /Read 3 strata, with semicolons between cells and decimal commas\./)

  await follow(folder, {}, copyProtocol)
  edit(join(definitions, 'protocols/familie-aan-zet/1.0.0.json'), (protocol) => {
    delete protocol.$schema
    protocol.version = '1.0.0'
    protocol.schedule = [{ instrument: 'veo@1.0.0', role: 'parent', waves: ['T0', 'FU3', 'FU9'] }]
    protocol.norms = ['veo-nl@1.0.0']
  })
  assert.match(await follow(folder, {}, publish), /no mistakes/)

  const today = new Date().toISOString().slice(0, 10)
  writeFileSync(
    join(folder, 'cases.csv'),
    (families ?? '').replace('2026-03-01', today).replace('2016-05', `${Number(today.slice(0, 4)) - 9}-05`),
  )
  assert.match(await follow(folder, environment, open), /Registered 1 cases with 1 participants in veo-study\./)

  // A day later at noon, when the invitation has gone out.
  const tomorrow = `${Temporal.PlainDate.from(today).add({ days: 1 })}T12:00:00.000Z`
  const context = await openContext(settings, { now: () => tomorrow })
  const listening = await serveHere(context, port)
  const transport = createTransport({ SMTP_URL: mail.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  t.after(async () => {
    await listening.close()
    transport.close()
    await mail.close()
    await closeContext(context)
  })
  assert.equal((await tick(context, { transport })).sent, 1)
  const respondent = new Respondent(origin)
  await respondent.open(mail.linkTo('ouder@voorbeeld.example'))
  await respondent.consent()
  const packet = await respondent.packet()
  assert.equal(packet.study.standIns, false)
  const veo = context.definitions.instruments.need('veo@1.0.0')
  assert.equal((await respondent.submit(packet.assignments[0]?.id ?? '', answersTo(veo, 1))).status, 200)

  await follow(folder, environment, exporting)
  const manifest = JSON.parse(readFileSync(join(folder, 'export-1/manifest.json'), 'utf8'))
  assert.equal(manifest.warning, null)
  assert.deepEqual(
    manifest.instruments.map(({ reference, wording }: { reference: string; wording: { status: string } }) => [reference, wording.status]),
    [['veo@1.0.0', 'licensed']],
  )
  // That a norm can be one is among the labels of `norm_status`; that this one is stands nowhere.
  for (const file of ['README.txt', 'codebook.csv', 'long_veo.csv'])
    for (const line of readFileSync(join(folder, 'export-1', file), 'utf8').split('\n'))
      if (!line.includes(',norm_status,')) assert.doesNotMatch(line, /stand-?in/i, file)

  writeFileSync(join(folder, 'veo-norms-2.csv'), (norms ?? '').replace('45,5', '35,5'))
  assert.match(await follow(folder, environment, rescoring), /1 responses get 1 new scores; 1 of them have another band.*Added 1 scores\./s)
  const scores = 'SELECT raw, z, band, norm_version, stratum FROM scores ORDER BY id'
  // All twos, ten of which count up and two down: 28. The child is 8 or 9, and its parent a woman.
  assert.deepEqual(context.stores.study.read.all(scores), [
    { raw: 28, z: -2.41, band: 'very_serious', norm_version: '1.0.0', stratum: 'female-child-age-0-11' },
    { raw: 28, z: -1.03, band: 'moderate', norm_version: '2.0.0', stratum: 'female-child-age-0-11' },
  ])
})

test('a protocol that still names a stand-in opens no study', async (t: TestContext) => {
  const folder = temporaryFolder(t)
  mkdirSync(join(folder, 'definitions'))
  const environment = { DATA_DIR: join(folder, 'data'), IDENTITY_KEY: randomBytes(32).toString('hex'), BASE_URL: 'http://localhost' }
  const [add = ''] = (blocks('sh').find((block) => block.includes('study add')) ?? '').split('npx nameting import')
  await assert.rejects(
    follow(folder, environment, add.replace('familie-aan-zet@1.0.0', 'familie-aan-zet@0.1.0-standin')),
    /uses stand-ins, not the real lists and norms: nosik@0\.1\.0-standin/,
  )
})

/** Runs commands of the guide in the folder of Nameting, with `folder` for /srv/nameting; what they said. Stops at the first that fails. */
function follow(folder: string, environment: Record<string, string>, commands = ''): Promise<string> {
  const here = `npx() { shift; "${process.execPath}" "${cliPath}" "$@"; }\n${commands.replaceAll('/srv/nameting', folder)}`
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, HOME: folder, ...environment }
    execFile('bash', ['-ec', here], { cwd, env }, (error, stdout, stderr) =>
      error ? reject(new Error(`${stderr}\n${stdout}`)) : resolve(stdout),
    )
  })
}

// biome-ignore lint/suspicious/noExplicitAny: what somebody edits is plain JSON
function edit(file: string, change: (definition: any) => void): void {
  const definition = JSON.parse(readFileSync(file, 'utf8'))
  change(definition)
  writeFileSync(file, JSON.stringify(definition, undefined, 2))
}

const testText = (name: string) => ({ nl: `TESTTEKST ${name}, geen tekst van de uitgever`, en: `TEST TEXT ${name}, not the publisher's` })
