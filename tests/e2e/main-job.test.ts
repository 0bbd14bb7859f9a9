/** The whole job, through every layer, on a phone 360 px wide: from a file of cases to a file of scores. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { assertAccessible } from '../harness/accessible.ts'
import { openBrowser, openPage } from '../harness/browser.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { Phone } from '../harness/phone.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const numbered = (prefix: string, values: number[], digits = 2): Record<string, number> =>
  Object.fromEntries(values.map((value, index) => [`${prefix}${String(index + 1).padStart(digits, '0')}`, value]))

const repeat = (value: number, times: number): number[] => Array.from({ length: times }, () => value)

const nosik = numbered('nosik', repeat(5, 25))
// Two events in the family, none at work, one with money, three with health, one other.
const nosiB = {
  ...numbered('nosib_family_', [1, 1, 0, 0], 1),
  ...numbered('nosib_work_', [0, 0], 1),
  ...numbered('nosib_finance_', [0, 1, 0], 1),
  ...numbered('nosib_health_', [1, 1, 1], 1),
  ...numbered('nosib_other_', [0, 0, 0, 0, 1], 1),
}
const pulAnswers = (autonomy: number[], optimism: number[]) => ({
  ...numbered('pul_autonomy', autonomy, 1),
  ...numbered('pul_optimism', optimism, 1),
})

test('a family from import to export: consent, T0, FU3 and FU9, and scores as computed by hand', async (t) => {
  const now = Temporal.Now.instant()
  const server = await startStudyServer(t, now.toString())
  const browser = await openBrowser()
  t.after(() => browser.close())
  const day = now.toZonedDateTimeISO('Europe/Amsterdam').toPlainDate()
  const conference = day.add({ days: 40 })

  await importFamily(t, server, { referral: day, conference })

  // T0: the parent alone.
  await travel(server, day.add({ days: 1 }))
  assert.deepEqual(
    server.mail.accepted.map(({ recipients }) => recipients),
    [['ouder@voorbeeld.example']],
  )
  await withPhone(t, browser, server, 'ouder@voorbeeld.example', async (phone) => {
    await phone.consent({ research: true, 'contact-later': false })
    await phone.begin()
    await phone.fillIn(nosik)
    await phone.toNextList()
    await phone.fillIn(nosiB)
    await phone.toNextList()
    await phone.fillIn(numbered('veo', [...repeat(2, 11), 3]))
    await phone.toNextList({ rested: true })
    await phone.fillIn(pulAnswers([4, 4, 4, 4, 4, 4, 4, 4], [1, 1, 1, 1, 1, 1, 1]))
  })

  // FU3: three people, each with a link of their own.
  const fu3 = conference.add({ months: 3 })
  const before = server.mail.accepted.length
  await travel(server, fu3)
  assert.deepEqual(
    server.mail.accepted
      .slice(before)
      .flatMap(({ recipients }) => recipients)
      .toSorted(),
    ['informant@voorbeeld.example', 'ouder@voorbeeld.example', 'voogd@voorbeeld.example'],
  )
  await withPhone(t, browser, server, 'ouder@voorbeeld.example', async (phone) => {
    await phone.begin()
    // One statement left open: of twelve one may be missing, the sum is made up in proportion.
    await phone.fillIn(numbered('veo', repeat(4, 11)))
    await phone.page.getByRole('heading', { name: 'U heeft 1 vraag opengelaten' }).waitFor()
    await phone.page.getByRole('button', { name: 'Openlaten en versturen' }).click()
    await phone.toNextList()
    await phone.fillIn(pulAnswers(repeat(3, 8), repeat(3, 7)))
  })
  const succint = { ...numbered('succint_safety', [4, 3, 2, 1, 0], 1), ...numbered('succint_support', [4, 4, 4, 3], 1) }
  await withPhone(t, browser, server, 'voogd@voorbeeld.example', async (phone) => {
    await phone.consent({ research: true })
    await phone.page.getByText('A-001').waitFor()
    await phone.begin()
    await phone.fillIn({
      ...succint,
      ...numbered('succint_regie', [2, 3], 1),
      succint_residence: 3,
      succint_load: 8,
      succint_capacity: 5,
      succint_ratio: 3,
    })
  })
  await withPhone(t, browser, server, 'informant@voorbeeld.example', async (phone) => {
    await phone.consent({ research: true, 'contact-later': true })
    await phone.begin()
    await phone.fillIn({ ...succint, succint_safety5: 4, ...numbered('succint_regie', [4, 4], 1), succint_residence: 9 })
  })

  // FU9: the parent answers again, the others do not.
  await travel(server, conference.add({ months: 9 }))
  await withPhone(t, browser, server, 'ouder@voorbeeld.example', async (phone) => {
    await phone.begin()
    await phone.fillIn(numbered('veo', repeat(5, 12)))
    await phone.toNextList()
    await phone.fillIn(pulAnswers(repeat(5, 8), [5, 5, 5, 5, 5, 5, 4]))
  })
  await travel(server, conference.add({ months: 12 }))

  const row = await exported(t, server)
  for (const [column, value] of Object.entries(byHand)) {
    if (typeof value === 'number')
      assert.ok(Math.abs(Number(row[column]) - value) < 1e-9 && row[column] !== '', `${column} is ${row[column]}`)
    else assert.equal(row[column], value, column)
  }
})

/**
 * Worked out by hand from the answers above, the reversed items, and the stand-in norms: NOSIK (mothers) mean 65, sd 20;
 * VEO 46, 7; PUL autonomy 30, 5; PUL social optimism 26, 5.
 */
const byHand: Record<string, number | string> = {
  // Items 3, 7, 10, 12, 15, 20 and 24 are reversed (1 + 6 - 5 = 2): 18 x 5 + 7 x 2 = 104; (104 - 65) / 20 = 1.95.
  nosik_t0_raw: 104,
  nosik_t0_z: '1.95',
  nosik_t0_band: 'serious',
  nosi_b_t0_family_raw: 2,
  nosi_b_t0_work_raw: 0,
  nosi_b_t0_finance_raw: 1,
  nosi_b_t0_health_raw: 3,
  nosi_b_t0_other_raw: 1,
  nosi_b_t0_categories_raw: 4,
  // Items 7 and 11 are reversed (6 - 2 = 4): 9 x 2 + 2 x 4 + 3 = 29; (29 - 46) / 7 = -2.4286.
  veo_t0_raw: 29,
  veo_t0_z: '-2.43',
  veo_t0_band: 'very_serious',
  // Autonomy: item 6 is reversed, 7 x 4 + 2 = 30, the mean. Optimism: item 5 is reversed, 6 x 1 + 5 = 11; -15 / 5 = -3.
  pul_t0_autonomy_raw: 30,
  pul_t0_autonomy_z: '0',
  pul_t0_autonomy_band: 'none',
  pul_t0_social_optimism_raw: 11,
  pul_t0_social_optimism_z: '-3',
  pul_t0_social_optimism_band: 'very_serious',
  // Eleven answers: 9 x 4 + 2 x 2 = 40, made up to twelve items 40 x 12 / 11; (43.64 - 46) / 7 = -0.3377.
  veo_fu3_veo12: '-9',
  veo_fu3_missing: 1,
  veo_fu3_raw: 480 / 11,
  veo_fu3_z: '-0.34',
  veo_fu3_band: 'none',
  // A 3 stays a 3 when it is reversed: 24 and 21; -1.2 and -1.
  pul_fu3_autonomy_z: '-1.2',
  pul_fu3_autonomy_band: 'moderate',
  pul_fu3_social_optimism_z: '-1',
  pul_fu3_social_optimism_band: 'moderate',
  succint_referrer_fu3_safety_raw: 10,
  succint_referrer_fu3_support_raw: 15,
  succint_referrer_fu3_regie_raw: 5,
  succint_referrer_fu3_residence_raw: 3,
  succint_referrer_fu3_load_raw: 8,
  succint_referrer_fu3_capacity_raw: 5,
  succint_referrer_fu3_ratio_raw: 3,
  succint_informant_fu3_safety_raw: 14,
  succint_informant_fu3_support_raw: 15,
  succint_informant_fu3_regie_raw: 8,
  succint_informant_fu3_residence_raw: 9,
  // 10 x 5 + 2 x 1 = 52; 6 / 7 = 0.857, above the mean: no lack.
  veo_fu9_raw: 52,
  veo_fu9_z: '0.86',
  veo_fu9_band: 'none',
  // 7 x 5 + 1 = 36; 5 x 5 + 1 + 4 = 30.
  pul_fu9_autonomy_z: '1.2',
  pul_fu9_social_optimism_z: '0.8',
  pul_fu9_social_optimism_band: 'none',
  // Nobody else answered at nine months.
  succint_referrer_fu9_safety_raw: '',
  succint_informant_fu9_safety_raw: '',
}

type Test = Parameters<typeof startStudyServer>[0]

async function importFamily(
  t: Test,
  server: StudyServer,
  { referral, conference }: Record<'referral' | 'conference', Temporal.PlainDate>,
): Promise<void> {
  const path = join(temporaryFolder(t), 'cases.csv')
  const row = (role: string, name: string, sex: string): string =>
    `A-001;conference;prospective;Amsterdam;2016-05;${referral};${conference};${role};${name} Voorbeeld;${name.toLowerCase()}@voorbeeld.example;nl;${sex}`
  writeFileSync(
    path,
    [
      'case_code;arm;cohort;region;child_birth_month;referral_date;conference_date;role;name;email;language;sex',
      row('parent', 'Ouder', 'female'),
      row('referrer', 'Voogd', ''),
      row('informant', 'Informant', ''),
    ].join('\n'),
  )
  const { code, stderr } = await nameting(server.environment, 'import', '--study', 's1', path)
  assert.deepEqual([code, stderr], [0, ''])
}

/** Goes to the afternoon of a day and lets the ticker pass, by its command. */
async function travel(server: StudyServer, day: Temporal.PlainDate): Promise<void> {
  const moment = `${day}T12:00:00Z`
  server.clock.set(moment)
  const { code, stderr } = await nameting(server.environment, 'tick', '--now', moment)
  assert.deepEqual([code, stderr], [0, ''])
}

/** A phone of its own for one participant; every kind of page on the way must be accessible, and none may say a thing on the console. */
async function withPhone(
  t: Test,
  browser: Awaited<ReturnType<typeof openBrowser>>,
  server: StudyServer,
  address: string,
  use: (phone: Phone) => Promise<void>,
): Promise<void> {
  // The browser reports every answer of 4xx; this one only says that questions are open.
  const { page, context, complaints } = await openPage(browser, server.origin, { allowed: [/status of 422/] })
  t.after(() => context.close())
  const phone = new Phone(page, lookOnce)
  await phone.openLink(server.mail.linkTo(address))
  assert.equal(new URL(page.url()).pathname, '/packet')
  await use(phone)
  await phone.close()
  assert.deepEqual(complaints, [])
}

const looked = new Set<string>()

/** Pages that differ in nothing but whose they are, or in which wave, are looked at once. */
async function lookOnce(page: Page, what: string): Promise<void> {
  const which = `${what}: ${await page.title()}`
  if (looked.has(which)) return
  looked.add(which)
  await assertAccessible(page, which)
}

async function exported(t: Test, server: StudyServer): Promise<Record<string, string>> {
  const out = join(temporaryFolder(t), 'export')
  const { code, stderr } = await nameting(server.environment, 'export', '--study', 's1', '--out', out, '--layout', 'wide')
  assert.equal(code, 0, stderr)
  const rows = parse(readFileSync(join(out, 'wide.csv'), 'utf8'), { columns: true }) as Record<string, string>[]
  assert.equal(rows.length, 1)
  return rows[0] ?? {}
}
