/** Two studies in one installation, everybody who can come to them, and those who could once. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import type { Hono } from 'hono'
import pino from 'pino'
import { type Grant, type StaffRole, staffRoleNames } from '../../server/access/roles.ts'
import { createApp } from '../../server/app.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { setStaffState } from '../../server/queries/staff.ts'
import { findStudy } from '../../server/queries/studies.ts'
import { builtDirectory, readSite } from '../../server/routes/site.ts'
import { makeKey } from '../../server/workflow/api-keys.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { openStaffSession, staffIn } from '../../server/workflow/sign-in.ts'
import { disableStaff, inviteStaff } from '../../server/workflow/staff-accounts.ts'
import { tick } from '../../server/workflow/tick.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, family } from '../harness/family.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'
import { withoutPages } from '../harness/without-pages.ts'
import type { Asking, Place } from './draw-request.ts'
import { type RowWatch, watchRows } from './watch-rows.ts'

export interface Caller extends Omit<Asking, 'origin' | 'places'> {
  name: string
  kind: 'nobody' | 'participant' | 'staff' | 'half' | 'key'
  /** Roles of the account, as it was made. */
  roles?: StaffRole[]
  /** Of the account, where there is one. */
  staffId?: string
  /** The case that a participant belongs to. */
  caseId?: string
  /** Comes in again, after it was signed out. */
  renew?: () => Promise<Record<string, string>>
}

export interface FuzzedStudy extends Pick<TestStudy, 'context' | 'rows'> {
  app: Hono
  origin: string
  callers: Caller[]
  watch: RowWatch
  /** What the server logged, line by line. */
  logged: string[]
  /** Cases by everything that names one of them or belongs to it; its study. */
  caseOf: Map<string, { caseId: string; studyId: string; region: string | null }>
  places: Place[]
  close(): Promise<void>
}

const elsewhere = {
  protocol: 'familie-aan-zet@0.1.0-standin',
  title: 'Ander onderzoek',
  organisation: 'Elders',
  contact: 'elders@bureau.example',
}

export async function openFuzzedStudy(): Promise<FuzzedStudy> {
  const ends: (() => unknown)[] = []
  const logged: string[] = []
  const mail = await startMailServer()
  const origin = 'https://meting.example'
  const study = await openTestStudy({ folder: temporaryFolder({ after: (end) => ends.unshift(end) }), baseUrl: origin, smtpUrl: mail.url })
  const { context } = study
  await study.register({ ...family('A-001'), region: 'Amsterdam' }, { ...family('A-002'), region: 'Overijssel' }, family('A-003'))
  await openStudy(context, { ...elsewhere, id: 's2', demonstration: false, standInsAcceptedBy: 'Test' })
  const other = (await findStudy(context.stores.study.read, 's2')) ?? assert.fail()
  assert.deepEqual((await registerCases(context, other, [family('ZZ-901'), family('ZZ-902')])).problems, [])
  const transport = createTransport({ SMTP_URL: mail.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  await tick(context, { transport })
  const app = createApp(context, {
    site: existsSync(`${builtDirectory}/respond/index.html`) ? readSite() : withoutPages,
    log: pino({ level: 'info', base: undefined }, { write: (line) => void logged.push(line) }),
    outgoing: transport,
    sender: 'onderzoek@voorbeeld.example',
  })
  const visiting = (code: string, role: string) => () => openLink(app, mail.linkTo(address(role, code)))
  const callers: Caller[] = [
    { name: 'nobody', kind: 'nobody', study: 's1', headers: {} },
    ...(await formerOnes(study, app, mail.linkTo(address('parent', 'A-003')))),
    ...(await Promise.all(
      [['A-001', 'parent'] as const, ['A-002', 'parent'] as const, ['ZZ-901', 'parent'] as const].map(async ([code, role]) => ({
        ...{ name: `${role} of ${code}`, kind: 'participant' as const, study: 's1', headers: await visiting(code, role)() },
        ...{ caseId: study.rows<{ id: string }>(`SELECT id FROM cases WHERE code = '${code}'`)[0]?.id ?? '', renew: visiting(code, role) },
      })),
    )),
    ...(await Promise.all(staffRoleNames.map((role) => colleague(study, role, [{ role }])))),
    await colleague(study, 'coordinator of one region', [{ role: 'coordinator', region: 'Amsterdam' }]),
    await colleague(study, 'data manager of another study', [{ role: 'data manager', studyId: 's2' }]),
    await colleague(study, 'administrator of everything', [{ role: 'administrator', studyId: '*' }]),
    await keyHolder(study),
    await halfSignedIn(study),
  ]
  // The last of all: what is made up to here is nobody's request.
  const watch = watchRows([context.stores.study, context.stores.identity])
  return {
    ...study,
    ...{ app, origin, callers, watch, logged, caseOf: everythingOfCases(study), places: placesOf(study) },
    async close() {
      watch.close()
      transport.close()
      await Promise.all([study.close(), mail.close()])
      for (const end of ends) await end()
    },
  }
}

async function openLink(app: Hono, link: string): Promise<Record<string, string>> {
  const answer = await app.request(new URL(link).pathname, { method: 'POST' })
  assert.equal(answer.status, 303)
  return { Cookie: cookiesOf(answer) }
}

const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

type Grants = (Partial<Grant> & { role: StaffRole })[]

async function account({ context }: TestStudy, name: string, grants: Grants): Promise<string> {
  const given = grants.map((grant) => ({ studyId: 's1', region: '*', ...grant }))
  const mailAddress = `${name.replaceAll(' ', '.')}@bureau.example`
  const { id } = await inviteStaff(context, { name: 'Verzonnen Collega', address: mailAddress, language: 'nl', grants: given })
  await context.stores.identity.withTx((tx) => setStaffState(tx, id, 'active', context.clock.now()))
  return id
}

const desk = (token: string): Record<string, string> => ({ Cookie: `__Host-nameting-desk=${token}` })

async function colleague(study: TestStudy, name: string, grants: Grants): Promise<Caller> {
  const staffId = await account(study, name, grants)
  const renew = async () => {
    await study.context.stores.identity.withTx((tx) => setStaffState(tx, staffId, 'active', study.context.clock.now()))
    return desk((await openStaffSession(study.context, staffId, 'signed in')).token)
  }
  return {
    name,
    kind: 'staff',
    staffId,
    roles: grants.map(({ role }) => role),
    study: grants[0]?.studyId === 's2' ? 's2' : 's1',
    headers: await renew(),
    renew,
  }
}

async function halfSignedIn(study: TestStudy): Promise<Caller> {
  const staffId = await account(study, 'half signed in', [{ role: 'data manager' }])
  const renew = async () => desk((await openStaffSession(study.context, staffId, 'password')).token)
  return { name: 'somebody without their second factor', kind: 'half', staffId, study: 's1', headers: await renew(), renew }
}

async function keyHolder(study: TestStudy): Promise<Caller> {
  const { context } = study
  const staffId = await account(study, 'with a key', [{ role: 'researcher' }])
  const { token } = await openStaffSession(context, staffId, 'signed in')
  const staff = await staffIn(context, token, 'signed in', { isAttended: true })
  const { key } = await makeKey(context, staff, { name: 'R', study: 's1', role: 'researcher', until: '2026-04-01' })
  return { name: 'software with a key of a researcher', kind: 'key', staffId, study: 's1', headers: { Authorization: `Bearer ${key}` } }
}

/** Cookies and links that were good once. */
async function formerOnes(study: TestStudy, app: Hono, link: string): Promise<Caller[]> {
  const left = await openLink(app, link)
  const headers = { ...left, Origin: study.context.baseUrl, 'Content-Type': 'application/json' }
  assert.ok((await app.request('/api/packet/leave', { method: 'POST', headers, body: '{}' })).ok)
  const { headers: signedOut } = await colleague(study, 'signed out', [{ role: 'data manager' }])
  assert.ok((await app.request('/api/desk/sign-out', { method: 'POST', headers: { ...headers, ...signedOut }, body: '{}' })).ok)
  const disabled = await colleague(study, 'disabled', [{ role: 'administrator', studyId: '*' }])
  await disableStaff(study.context, disabled.staffId ?? '')
  const former = { kind: 'nobody' as const, study: 's1' }
  return [
    { ...former, name: 'a participant who left', headers: left },
    { ...former, name: 'a colleague who signed out', headers: signedOut },
    { ...former, name: 'a colleague whose account is disabled', headers: disabled.headers },
  ]
}

function everythingOfCases({ rows }: TestStudy): FuzzedStudy['caseOf'] {
  const cases = rows<{ caseId: string; studyId: string; region: string | null; code: string }>(
    'SELECT id AS "caseId", study_id AS "studyId", region, code FROM cases',
  )
  const belonging = rows<{ id: string; caseId: string }>(
    'SELECT id, case_id AS "caseId" FROM participants UNION ALL SELECT id, case_id FROM assignments UNION ALL SELECT id, case_id FROM messages',
  )
  const byId = new Map(cases.map((one) => [one.caseId, one]))
  return new Map([
    ...byId,
    ...cases.map((one) => [one.code, one] as const),
    ...belonging.map(({ id, caseId }) => [id, byId.get(caseId) ?? assert.fail(caseId)] as const),
  ])
}

const placesOf = ({ rows }: TestStudy): Place[] =>
  rows<{ id: string; code: string }>('SELECT id, code FROM cases').map(({ id, code }) => ({
    code,
    people: rows<{ id: string }>(`SELECT id FROM participants WHERE case_id = '${id}'`).map((one) => one.id),
    assignments: rows<{ id: string }>(`SELECT id FROM assignments WHERE case_id = '${id}' ORDER BY opens_at LIMIT 12`).map((one) => one.id),
  }))
