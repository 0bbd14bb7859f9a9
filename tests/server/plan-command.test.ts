import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { shippedDefinition, writeDefinition } from '../harness/definition-folder.ts'

const anchors = ['--anchor', 'referral=2026-01-05', '--anchor', 'conference=2026-05-31']
const plan = (...args: string[]) => nameting({}, 'plan', '--protocol', 'familie-aan-zet@0.1.0-standin', ...args)

/** The lines of one table of the page, each cut into its cells. */
function table(page: string, heading: string): string[][] {
  const lines = page.split('\n')
  const start = lines.findIndex((line) => line.startsWith(heading)) + 1
  assert.ok(start > 0, `no table ${heading}`)
  const end = lines.indexOf('', start)
  return lines.slice(start + 1, end).map((line) => line.trim().split(/ {2,}/))
}

describe('the calendar', () => {
  test('shows table 2.1 of the report with its dates', async () => {
    const { code, stdout, stderr } = await plan(...anchors)
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
    const days = { T0: '2026-01-05', FU3: '2026-08-31', FU9: '2027-02-28' }
    assert.deepEqual(table(stdout, 'Who fills in what'), [
      ['parent', 'nosik@0.1.0-standin', days.T0, '-', '-'],
      ['parent', 'nosi-b@0.1.0-standin', days.T0, '-', '-'],
      ['parent', 'veo@0.1.0-standin', days.T0, days.FU3, days.FU9],
      ['parent', 'pul@0.1.0-standin', days.T0, days.FU3, days.FU9],
      ['referrer', 'succint-referrer@0.1.0-standin', '-', days.FU3, days.FU9],
      ['informant', 'succint-informant@0.1.0-standin', '-', days.FU3, days.FU9],
    ])
  })

  test('has a line for everything that happens, in order of local date and time', async () => {
    const { stdout } = await plan('--anchor', 'conference=2026-05-31', '--role', 'parent')
    assert.deepEqual(table(stdout, 'Calendar'), [
      ['Mon 2026-08-31', '00:00', 'FU3', 'parent', 'opens', 'veo, pul'],
      ['Mon 2026-08-31', '10:00', 'FU3', 'parent', 'invitation', 'veo, pul'],
      ['Mon 2026-09-07', '10:00', 'FU3', 'parent', 'reminder-1', 'veo, pul'],
      ['Mon 2026-09-14', '10:00', 'FU3', 'parent', 'reminder-2', 'veo, pul'],
      ['Mon 2026-10-12', '24:00', 'FU3', 'parent', 'closes', 'veo, pul'],
      ['Sun 2027-02-28', '00:00', 'FU9', 'parent', 'opens', 'veo, pul'],
      ['Sun 2027-02-28', '10:00', 'FU9', 'parent', 'invitation', 'veo, pul'],
      ['Sun 2027-03-07', '10:00', 'FU9', 'parent', 'reminder-1', 'veo, pul'],
      ['Sun 2027-03-14', '10:00', 'FU9', 'parent', 'reminder-2', 'veo, pul'],
      ['Sun 2027-04-11', '24:00', 'FU9', 'parent', 'closes', 'veo, pul'],
    ])
  })

  test('says which arm it shows and which others there are, and which waves have no date yet', async () => {
    const { stdout } = await plan('--anchor', 'referral=2026-01-05')
    assert.match(stdout, /^arm: conference \(--arm also knows: non-conference\)$/m)
    assert.match(stdout, /^cohort: prospective$/m)
    assert.match(stdout, /FU9 +conference or decision \+ 9 months +no date yet/)
    assert.match((await plan('--anchor', 'decision=2026-01-05', '--arm', 'non-conference')).stdout, /^arm: non-conference \(/m)
  })
})

test('--json gives the case, its waves, assignments and messages', async () => {
  const { code, stdout } = await plan('--anchor', 'conference=2026-05-31', '--role', 'referrer', '--json')
  assert.equal(code, 0)
  const { assignments, messages, waves, ...head } = JSON.parse(stdout)
  assert.deepEqual(head, {
    protocol: 'familie-aan-zet@0.1.0-standin',
    timeZone: 'Europe/Amsterdam',
    arm: 'conference',
    cohort: 'prospective',
    anchors: { conference: '2026-05-31' },
  })
  assert.deepEqual(waves.slice(0, 2), [
    { wave: 'T0', anchor: null, waitsFor: ['referral'] },
    { wave: 'FU3', anchor: 'conference', target: '2026-08-31', opensAt: '2026-08-30T22:00:00.000Z', closesAt: '2026-10-12T22:00:00.000Z' },
  ])
  assert.deepEqual(assignments[1], {
    role: 'referrer',
    about: null,
    wave: 'FU9',
    instrument: 'succint-referrer@0.1.0-standin',
    target: '2027-02-28',
    opensAt: '2027-02-27T23:00:00.000Z',
    closesAt: '2027-04-11T22:00:00.000Z',
    only: [],
  })
  assert.deepEqual(messages[0], { role: 'referrer', wave: 'FU3', kind: 'invitation', at: '2026-08-31T08:00:00.000Z' })
  assert.deepEqual([assignments.length, messages.length], [2, 6])
})

describe('a protocol with conditions', () => {
  const whole = (...args: string[]) => nameting({}, 'plan', '--protocol', 'familie-aan-zet@0.2.0-standin', ...args)
  const dates = ['--anchor', 'referral=2026-01-05', '--anchor', 'conference=2026-03-02']

  test('shows what may be asked with its conditions in words, also when only one role is shown', async () => {
    const { stdout } = await whole(...dates, '--role', 'interviewer')
    assert.deepEqual(table(stdout, 'Who fills in what').at(-1), [
      'interviewer',
      'interview-ekc-youth@0.1.0-standin',
      '-',
      '-',
      '2026-12-02',
      'about each youth; if drawn into the sample interviews; if a parent consented, and none refused, to contact-child',
    ])
    assert.ok(table(stdout, 'Calendar').every(([, , , role]) => role === 'interviewer'))
  })

  test('takes the first arm of a cohort, and names only arms that its cases can be in', async () => {
    const { stdout } = await whole('--cohort', 'shadow', '--anchor', 'decision=2026-01-05')
    assert.match(stdout, /^arm: shadow$/m)
    assert.match((await whole('--arm', 'shadow', '--anchor', 'decision=2026-01-05')).stdout, /^cohort: shadow \(/m)
    const { code, stderr } = await whole('--cohort', 'shadow', '--arm', 'conference', ...dates)
    assert.equal(code, 2)
    assert.match(stderr, /cases of the cohort "shadow" are in the arm shadow, not in "conference"/)
  })

  test('--registered counts from the day on which the case came in, when its dates lie in the past', async () => {
    const past = ['--cohort', 'retrospective', '--anchor', 'referral=2024-01-08', '--role', 'file-researcher']
    const { stdout } = await whole(...past, '--registered', '2026-01-05')
    assert.deepEqual(table(stdout, 'Calendar'), [
      ['Mon 2024-01-08', '00:00', 'T0', 'file-researcher', 'opens', 'zap-kort'],
      ['Mon 2026-01-05', '10:00', 'T0', 'file-researcher', 'invitation', 'zap-kort'],
      ['Mon 2026-01-12', '10:00', 'T0', 'file-researcher', 'reminder-1', 'zap-kort'],
      ['Mon 2026-01-19', '10:00', 'T0', 'file-researcher', 'reminder-2', 'zap-kort'],
      ['Mon 2026-07-06', '24:00', 'T0', 'file-researcher', 'closes', 'zap-kort'],
    ])
    const { code, stderr } = await whole(...past, '--registered', '5 January')
    assert.equal(code, 2)
    assert.match(stderr, /"5 January" is not a day .*write YYYY-MM-DD/)
  })
})

test('a protocol of the study itself is planned, its latest version unless another is asked for', async (t) => {
  const DEFINITIONS_DIR = temporaryFolder(t)
  const protocol = shippedDefinition('protocols', 'familie-aan-zet')
  for (const [version, hour] of Object.entries({ '1.9.0': '08:00', '1.10.0': '20:15' })) {
    writeDefinition(DEFINITIONS_DIR, 'protocols', { ...protocol, id: 'own', version, messages: { ...protocol.messages, hour } })
  }
  const invitation = async (asked: string) => {
    const { stdout } = await nameting({ DEFINITIONS_DIR }, 'plan', '--protocol', asked, ...anchors)
    return table(stdout, 'Calendar')[1]?.slice(0, 2)
  }
  assert.deepEqual(await invitation('own'), ['Mon 2026-01-05', '20:15'])
  assert.deepEqual(await invitation('own@1.9.0'), ['Mon 2026-01-05', '08:00'])
})

describe('a call that cannot be answered', () => {
  const refused = async (args: string[], code: number, message: RegExp) => {
    const ran = await nameting({}, 'plan', ...args)
    assert.deepEqual({ code: ran.code, stdout: ran.stdout }, { code, stdout: '' })
    assert.match(ran.stderr, message)
    assert.doesNotMatch(ran.stderr, /\.ts:\d/)
  }
  const known = ['--protocol', 'familie-aan-zet@0.1.0-standin']

  test('an unknown protocol or version is exit 1 and lists what there is', async () => {
    await refused(['--protocol', 'nope', ...anchors], 1, /There is no protocol nope; there is: .*familie-aan-zet@0\.1\.0-standin/)
    await refused(['--protocol', 'familie-aan-zet@9.9.9', ...anchors], 1, /no protocol familie-aan-zet@9\.9\.9; there is:/)
  })

  test('an unknown arm, cohort, role or anchor is exit 2 and lists those that are possible', async () => {
    await refused([...known, ...anchors, '--arm', 'control'], 2, /no arm "control"; it has: conference, non-conference/)
    await refused([...known, ...anchors, '--cohort', 'x'], 2, /no cohort "x"; it has: prospective/)
    await refused([...known, ...anchors, '--role', 'uncle'], 2, /no role "uncle"; it has: parent, referrer, informant/)
    await refused([...known, '--anchor', 'start=2026-01-05'], 2, /no anchor "start"; it has: referral, conference, decision/)
    await refused([...known, '--anchor', '__proto__=2026-01-05'], 2, /no anchor "__proto__"/)
  })

  test('a date that is none, an anchor without date or given twice, and no anchor at all are exit 2 and say what to write', async () => {
    for (const date of ['2026-02-30', '31-05-2026', 'tomorrow'])
      await refused([...known, '--anchor', `conference=${date}`], 2, /anchor conference: .*write YYYY-MM-DD/)
    await refused([...known, '--anchor', 'conference'], 2, /Write NAME=YYYY-MM-DD/)
    await refused([...known, ...anchors, '--anchor', 'referral=2026-01-06'], 2, /referral has a date already/)
    await refused(known, 2, /No anchor given: .* one of: referral, conference, decision/)
    await refused(anchors, 2, /--protocol/)
  })
})
