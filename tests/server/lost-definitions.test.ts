/** A data folder whose definitions were taken away, or are of another version. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { behindFolder } from '../harness/behind.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { shippedDefinition, writeDefinition } from '../harness/definition-folder.ts'
import { freePort } from '../harness/free-port.ts'

const row = 'A-001,conference,prospective,2026-03-01,2026-04-15,parent,Ouder Voorbeeld,ouder@voorbeeld.example,nl'
const file = `case_code,arm,cohort,referral_date,conference_date,role,name,email,language\n${row}\n`

/** A study by a protocol of its own, with one family; and how to run commands without that protocol. */
async function studyOfItsOwn(t: TestContext) {
  const folder = temporaryFolder(t)
  const definitions = join(folder, 'definitions')
  const protocol = { ...shippedDefinition('protocols', 'familie-aan-zet'), version: '0.9.0-standin' }
  writeDefinition(definitions, 'protocols', protocol)
  const port = await freePort()
  const environment = {
    DATA_DIR: join(folder, 'data'),
    BASE_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
    IDENTITY_KEY: 'ab'.repeat(32),
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'onderzoek@voorbeeld.example',
  }
  const cases = join(folder, 'cases.csv')
  writeFileSync(cases, file)
  const whole = { ...environment, DEFINITIONS_DIR: definitions }
  const about = ['--title', 'Onderzoek', '--organisation', 'Groep', '--contact', '010', '--accept-stand-ins', 'Test']
  for (const args of [
    ['study', 'add', 's1', '--protocol', 'familie-aan-zet@0.9.0-standin', ...about],
    ['import', '--study', 's1', cases],
  ]) {
    const { code, stderr } = await nameting(whole, ...args)
    assert.equal(code, 0, stderr)
  }
  return { environment, whole, cases, out: join(folder, 'export') }
}

test('without its protocol the server does not start, and every command says what is missing and where to name it', async (t) => {
  const { environment, cases, out } = await studyOfItsOwn(t)
  for (const args of [['serve'], ['tick'], ['import', '--study', 's1', cases], ['export', '--study', 's1', '--out', out]]) {
    const { code, stderr } = await nameting(environment, ...args)
    assert.equal(code, 1, args.join(' '))
    assert.match(stderr, /familie-aan-zet@0\.9\.0-standin.*DEFINITIONS_DIR/, args.join(' '))
    assert.doesNotMatch(stderr, /^ {4}at /m, args.join(' '))
  }
})

test('without a list that somebody was given the server does not start', async (t) => {
  const { whole } = await studyOfItsOwn(t)
  const study = await behindFolder(whole.DATA_DIR, 'study')
  study.exec("UPDATE assignments SET instrument_version = '0.3.0' WHERE instrument_id = 'veo'")
  study.close()
  const { code, stderr } = await nameting(whole, 'serve')
  assert.equal(code, 1)
  assert.match(stderr, /the instrument veo@0\.3\.0, which the definitions do not have/)
})
