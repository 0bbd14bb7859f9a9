import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'
import { nameting } from '../harness/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'nameting-import-instrument-'))
after(() => rmSync(folder, { recursive: true }))

const put = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const burden = {
  resourceType: 'Questionnaire',
  title: 'Burden',
  language: 'en',
  item: [
    { linkId: '/1', type: 'boolean', text: 'Busy?', prefix: '1' },
    { linkId: '/2', type: 'string', text: 'With what?', enableWhen: [{ question: '/1', operator: '=', answerBoolean: true }] },
  ],
}

test('a Questionnaire becomes an instrument that check accepts, with what was left out in the report', async () => {
  const out = join(folder, 'burden')
  const file = put('burden.json', burden)
  const made = await nameting({}, 'import-instrument', file, '--out', out)
  assert.equal(made.code, 0, made.stderr)
  assert.match(made.stdout, /\/1 -> q_1 \(true -> 1, false -> 0\)/)
  assert.match(made.stdout, /Left out\n {2}item\[0\]\.prefix: "1"/)
  const checked = await nameting({}, 'check', out)
  assert.equal(checked.code, 0, checked.stderr)

  const again = await nameting({}, 'import-instrument', file, '--out', out)
  assert.equal(again.code, 1)
  assert.match(again.stderr, /is there already/)
})

test('--json gives the same list; --id, --version and DEFINITIONS_DIR say what and where', async () => {
  const out = join(folder, 'named')
  const made = await nameting(
    { DEFINITIONS_DIR: out },
    'import-instrument',
    put('b.json', burden),
    '--id',
    'load',
    '--version',
    '2.0.0',
    '--json',
  )
  assert.equal(made.code, 0, made.stderr)
  const report = JSON.parse(made.stdout)
  assert.deepEqual([report.instrument, report.file], ['load@2.0.0', join(out, 'instruments/load/2.0.0.json')])
  assert.deepEqual(report.mappings[1], { path: 'item[1]', linkId: '/2', name: 'q_2', values: [] })
  assert.ok(report.notes.some(({ path }: { path: string }) => path === 'item[0].prefix'))
  assert.equal(JSON.parse(readFileSync(report.file, 'utf8')).survey.pages[0].elements[1].visibleIf, '{q_1} = 1')
})

test('a survey comes in with its side file', async () => {
  const survey = put('survey.json', { title: 'Mood', elements: [{ type: 'rating', name: 'r', title: 'R' }] })
  const side = put('side.json', {
    scales: [
      {
        id: 'mood',
        title: { nl: 'M', en: 'M' },
        items: ['r'],
        method: 'value',
        itemRange: [1, 5],
        missing: { allowed: 0, prorate: false },
        range: [1, 5],
        worse: null,
      },
    ],
  })
  const out = join(folder, 'survey')
  const made = await nameting({}, 'import-instrument', survey, '--scales', side, '--out', out, '--json')
  assert.equal(made.code, 0, made.stderr)
  assert.equal(JSON.parse(readFileSync(join(out, 'instruments/mood/1.0.0.json'), 'utf8')).scales[0].id, 'mood')
})

const refused: Record<string, [unknown, RegExp]> = {
  'no JSON': ['{"resourceType": ', /not valid JSON: line 1/],
  'another resource': [{ resourceType: 'Patient' }, /resourceType: this must be "Questionnaire"/],
  'a missing linkId': [
    { ...burden, item: [...burden.item, { type: 'group', linkId: 'g', item: [{ type: 'string', text: 'x' }] }] },
    /item\[2\]\.item\[0\]\.linkId: this is missing/,
  ],
  'a __proto__ key': [
    '{"resourceType": "Questionnaire", "item": [{"__proto__": {}}]}',
    /item\[0\]: the key "__proto__" cannot be used here/,
  ],
  'five megabytes': [`"${'x'.repeat(5_000_000)}"`, /5000002 bytes, and 2000000 is the most/],
  'a shipped id and version': [
    {
      ...burden,
      extension: [
        {
          url: 'urn:nameting:instrument',
          valueString: '{"id":"veo","version":"0.1.0-standin","wording":{"status":"stand-in","holder":"x","source":"y"}}',
        },
      ],
    },
    /veo@0\.1\.0-standin is a shipped instrument/,
  ],
  'a name that SurveyJS cannot have': [
    {
      ...burden,
      item: [
        { linkId: 'a', type: 'string', text: 'A', extension: [{ url: 'urn:nameting:element', valueString: '{"name":"constructor"}' }] },
      ],
    },
    /would not be valid:\n\/survey\/pages\/0\/elements\/0\/name: SurveyJS takes the name constructor for something else/,
  ],
  'an id that leads elsewhere': [
    { ...burden, extension: [{ url: 'urn:nameting:instrument', valueString: '{"id":"../../veo"}' }] },
    /would not be valid:\n\/id: /,
  ],
}

for (const [what, [content, reason]] of Object.entries(refused))
  test(`${what} ends with exit code 1 and a reason, and nothing is written`, async () => {
    const out = join(folder, 'refused')
    const { code, stdout, stderr } = await nameting({}, 'import-instrument', put('refused.json', content), '--out', out)
    assert.deepEqual([code, stdout, existsSync(out)], [1, '', false])
    assert.match(stderr, reason)
    assert.match(stderr, /Nothing was written/)
  })

test('a wrong --id or --version is a bad call', async () => {
  for (const option of [
    ['--id', 'A B'],
    ['--version', '1'],
  ]) {
    const { code, stderr } = await nameting({}, 'import-instrument', put('b.json', burden), ...option)
    assert.equal(code, 2)
    assert.match(stderr, new RegExp(`^${option.join(' ')}: `))
  }
})

test('a shipped instrument goes out, and comes in as the same under another id', async () => {
  const file = join(folder, 'veo.json')
  assert.equal((await nameting({}, 'export-instrument', 'veo@0.1.0-standin', '--format', 'fhir', '--out', file)).code, 0)
  const out = join(folder, 'veo')
  const made = await nameting({}, 'import-instrument', file, '--id', 'veo-again', '--out', out)
  assert.equal(made.code, 0, made.stderr)
  const { definitions } = readDefinitions([shippedDirectory, out])
  const { $schema: _, ...veo } = definitions.instruments.need('veo@0.1.0-standin')
  assert.deepEqual(definitions.instruments.need('veo-again@0.1.0-standin'), { ...veo, id: 'veo-again' })
  assert.deepEqual(readdirSync(join(out, 'instruments/veo-again')), ['0.1.0-standin.json'])

  const survey = await nameting({}, 'export-instrument', 'succint-referrer@0.1.0-standin', '--format', 'surveyjs')
  assert.deepEqual(JSON.parse(survey.stdout), definitions.instruments.need('succint-referrer@0.1.0-standin').survey)
})

test('a list with records goes out as SurveyJS with its side file, and comes in as the same under another version', async () => {
  const [file, scales, out] = ['actions.json', 'actions-scales.json', 'actions'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const exported = ['export-instrument', 'plan-actions@0.1.0-standin', '--format']
  assert.equal((await nameting({}, ...exported, 'surveyjs', '--out', file, '--scales', scales)).code, 0)
  const side = JSON.parse(readFileSync(scales, 'utf8'))
  writeFileSync(scales, JSON.stringify({ ...side, version: '0.9.0-standin' }))
  const made = await nameting({}, 'import-instrument', file, '--scales', scales, '--out', out, '--json')
  assert.deepEqual([made.code, JSON.parse(made.stdout).notes], [0, []])
  const { definitions } = readDefinitions([shippedDirectory, out])
  const { $schema: _, ...actions } = definitions.instruments.need('plan-actions@0.1.0-standin')
  assert.deepEqual(definitions.instruments.need('plan-actions@0.9.0-standin'), { ...actions, version: '0.9.0-standin' })

  const wrong = await nameting({}, ...exported, 'fhir', '--scales', join(folder, 'none.json'))
  assert.deepEqual([wrong.code, wrong.stderr], [2, '--scales goes with --format surveyjs: a Questionnaire holds everything itself.\n'])
})

test('an unknown instrument cannot be exported, and a file that is there stays', async () => {
  const unknown = await nameting({}, 'export-instrument', 'none@1.0.0', '--format', 'fhir')
  assert.equal(unknown.code, 1)
  assert.match(unknown.stderr, /There is no instrument none@1\.0\.0; there is: /)
  const file = put('mine.json', 'mine')
  assert.equal((await nameting({}, 'export-instrument', 'veo@0.1.0-standin', '--format', 'fhir', '--out', file)).code, 1)
  assert.equal(readFileSync(file, 'utf8'), 'mine')
})
